import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseEnvironment } from "../../app/env.ts";
import type { Target as SiteTarget } from "../../app/target.ts";
import type { Target } from "../../infra/blob-target.ts";
import { clouds, environments, type Environment } from "../../infra/clouds.ts";
import { loadConfig } from "../../infra/config/load-config.ts";
import type { ExternalTenant } from "../../infra/config/stack-config.ts";
import { allTargets, cloudSettings, siteSettings } from "../../infra/site-settings.ts";
import { configure } from "./support/configure.ts";

const guid = "9f3c7b20-84d1-4e6a-b5c2-7d10a9e8f401";
const homeTenant = { tenantId: guid, subscriptionId: guid, location: "westeurope" };
const archive: Target = {
  name: "archive",
  tenant: "fabrikam",
  tenantId: "d7a0b3c4-11e2-4f95-a6b8-0c9d8e7f6a03",
  kind: "blob",
  blobEndpoint: "https://fab.blob.core.windows.net",
  container: "archive",
};
type Change = Partial<Record<keyof Target, unknown>>;

beforeEach(() =>
  pulumi.runtime.setMocks(
    { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
    "cross-tenant-data",
  ),
);
afterEach(() => pulumi.runtime.setAllConfig({}));

/** The external tenants of a configuration with one target; undefined when it is refused. */
function configured(change: Change, environment: Environment = "public") {
  const { tenant, tenantId, ...target } = { ...archive, ...change };
  const { name, blobEndpoint, container } = target;
  const targets = [{ name, blobEndpoint, container }];
  configure({ homeTenant, resourceTenants: [{ name: tenant, tenantId, targets }], environment });
  try {
    return loadConfig({}).resourceTenants as readonly ExternalTenant[];
  } catch (error) {
    if (!(error instanceof pulumi.RunError)) throw error;
    return undefined;
  }
}

/** The targets of a site that the program gives these; undefined when it refuses them. */
async function taken(
  targets: pulumi.Input<readonly Target[]>,
  environment: Environment = "public",
) {
  const program = siteSettings({
    applicationClientId: guid,
    managedIdentityClientId: guid,
    managedIdentityPrincipalId: guid,
    managedIdentityIssuer: "https://login.microsoftonline.com/t/v2.0",
    ...cloudSettings(clouds[environment]),
    targets,
  });
  const platform = { PORT: "8080", IDENTITY_ENDPOINT: "http://localhost", IDENTITY_HEADER: "h" };
  const env = await new Promise<Record<string, string>>((resolve) => {
    pulumi.all({ ...program, ...platform }).apply(resolve);
  });
  try {
    return parseEnvironment(env).targets;
  } catch (error) {
    expect(String(error).split("\n- ").slice(1)).toEqual([expect.stringMatching(/^TARGETS\[0\]/)]);
    return undefined;
  }
}

describe("a target that the program hands to the site", () => {
  it("has the same type on both sides", async () => {
    const ofSite: SiteTarget = archive;
    const ofProgram: Target = ofSite;
    expect(await taken([ofProgram])).toEqual([archive]);
  });

  it.each<[keyof Target, unknown]>([
    ["name", "abc"],
    ["name", "a123456789012345"],
    ["tenant", "con2"],
    ["tenantId", "00000000-0000-0000-0000-000000000000"],
    ["container", "abc"],
    ["container", "0-a-9"],
    ["container", "c".repeat(63)],
    ["blobEndpoint", "https://core.windows.net"],
    ["blobEndpoint", "https://core.windows.net/fab"],
    ["blobEndpoint", "https://FAB.blob.core.windows.net"],
    ["blobEndpoint", "https://fab.blob.core.windows.net:8443/fab1"],
  ])("may have the %s %j, which both sides take as it is", async (field, value) => {
    const tenants = configured({ [field]: value });
    expect(await taken(allTargets([], tenants ?? []))).toEqual([{ ...archive, [field]: value }]);
  });

  it.each(environments)(
    "may be on the storage suffix of the cloud %s, and on no other's",
    async (environment) => {
      for (const other of environments) {
        const blobEndpoint = `https://fab.blob.${clouds[other].storageSuffix}`;
        const tenants = configured({ blobEndpoint }, environment);
        const target = { ...archive, blobEndpoint };
        const expected = other === environment ? [target] : undefined;
        expect(tenants && (await taken(allTargets([], tenants), environment))).toEqual(expected);
        expect(await taken([target], environment)).toEqual(expected);
      }
    },
  );

  const names = ["ab", "a1234567890123456", "Abc", "1abc", "a-b", "abc\n", "", 5, null, undefined];
  it.each<[keyof Target, unknown]>([
    ...names.map((name): ["name", unknown] => ["name", name]),
    ...names.map((name): ["tenant", unknown] => ["tenant", name]),
    ["tenantId", "fabrikam.example"],
    ["tenantId", "d7a0b3c411e24f95a6b80c9d8e7f6a03"],
    ["tenantId", "{d7a0b3c4-11e2-4f95-a6b8-0c9d8e7f6a03}"],
    ["tenantId", "d7a0b3c4-11e2-4f95-a6b8-0c9d8e7f6a03 "],
    ["tenantId", ""],
    ["tenantId", undefined],
    ["container", "ab"],
    ["container", "c".repeat(64)],
    ["container", "Archive"],
    ["container", "-abc"],
    ["container", "abc-"],
    ["container", "a--b"],
    ["container", "$root"],
    ["container", ""],
    ["container", undefined],
    ["blobEndpoint", "http://fab.blob.core.windows.net"],
    ["blobEndpoint", "https:fab.blob.core.windows.net"],
    ["blobEndpoint", "HTTPS://fab.blob.core.windows.net"],
    ["blobEndpoint", " https://fab.blob.core.windows.net"],
    ["blobEndpoint", "https:\\\\fab.blob.core.windows.net"],
    ["blobEndpoint", "https://fab.blob.core.windows.net\\fab"],
    ["blobEndpoint", "https://a:b@fab.blob.core.windows.net"],
    ["blobEndpoint", "https://@fab.blob.core.windows.net"],
    ["blobEndpoint", "https://fab.blob.core.windows.net?sig=1"],
    ["blobEndpoint", "https://fab.blob.core.windows.net#a"],
    ["blobEndpoint", "https://fab.blob.core.windows.net//"],
    ["blobEndpoint", "https://fab.blob.core.windows.net/a/b"],
    ["blobEndpoint", "https://fab.blob.core.windows.net/a/../b"],
    ["blobEndpoint", "https://fab.blob.core.windows.net/my-account"],
    ["blobEndpoint", "https://fab.blob.core.windows.net:99999"],
    ["blobEndpoint", "https://fab.blob.core.windows.net\n"],
    ["blobEndpoint", "https://["],
    ["blobEndpoint", "https://evil.example"],
    ["blobEndpoint", "https://evilcore.windows.net"],
    ["blobEndpoint", "https://core.windows.net.evil.example"],
    ["blobEndpoint", "https://evil.example\\.core.windows.net"],
    ["blobEndpoint", "https://evil.example%2f.core.windows.net"],
    ["blobEndpoint", "core.windows.net"],
    ["blobEndpoint", "/"],
    ["blobEndpoint", ""],
    ["blobEndpoint", undefined],
  ])("refuses the %s %j on both sides", async (field, value) => {
    expect(configured({ [field]: value })).toBeUndefined();
    expect(await taken([{ ...archive, [field]: value }])).toBeUndefined();
  });

  it.each<[keyof Target, string, string]>([
    ["blobEndpoint", `${archive.blobEndpoint}/`, archive.blobEndpoint],
    ["tenantId", archive.tenantId.toUpperCase(), archive.tenantId],
  ])(
    "gets its %s from %j in the one spelling that the site takes",
    async (field, value, spelling) => {
      const tenants = configured({ [field]: value });
      expect(await taken(allTargets([], tenants ?? []))).toEqual([
        { ...archive, [field]: spelling },
      ]);
      expect(await taken([{ ...archive, [field]: value }])).toBeUndefined();
    },
  );

  it.each<keyof Target>(["name", "tenant"])(
    "refuses the %s home in the program alone, whose home tenant has it",
    async (field) => {
      expect(configured({ [field]: "home" })).toBeUndefined();
      expect(await taken([{ ...archive, [field]: "home" }])).toEqual([
        { ...archive, [field]: "home" },
      ]);
    },
  );
});
