import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadConfig } from "../../../infra/config/load-config.ts";
import { stackConfig } from "../../../infra/config/stack-config.ts";
import { allowedKeys, configure } from "../support/configure.ts";
import { contoso } from "../support/tenants.ts";

const project = parse(readFileSync("Pulumi.yaml", "utf8")) as {
  config: Record<string, { type: string; description: string; default: unknown; value: unknown }>;
};
beforeEach(() =>
  pulumi.runtime.setMocks(
    { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
    "cross-tenant-data",
  ),
);
afterEach(() => pulumi.runtime.setAllConfig({}));

describe("Pulumi.yaml", () => {
  it("declares each key of the schema with type and description", () => {
    const { "pulumi:disable-default-providers": disabled, ...keys } = project.config;
    expect(disabled?.value).toEqual(["azure-native", "azuread"]);
    expect(Object.keys(keys)).toEqual(Object.keys(stackConfig({}, {}).entries));
    for (const key of Object.values(keys)) {
      expect(key).toMatchObject({ type: expect.any(String), description: expect.any(String) });
    }
  });

  it("is documented key by key in the README, with type and default", () => {
    const row = /^\| `(\w+)` +\| (object|string|array|boolean) +\| (\S+) +\|/gm;
    const documented = [...readFileSync("README.md", "utf8").matchAll(row)];
    const declared = Object.entries(project.config)
      .filter(([key]) => !key.includes(":"))
      .map(([key, { type, default: value }]) => {
        const empty = ["{}", "[]", '""'].includes(JSON.stringify(value));
        return [key, type, empty ? "none" : `\`${String(value)}\``];
      });
    expect(documented.map(([, ...cells]) => cells)).toEqual(declared);
  });
});

describe("loadConfig", () => {
  it("refuses unknown and misplaced keys and ambient sign-ins in one error, without a credential's value", () => {
    configure({
      homeTennant: { clientSecret: "canary" },
      "azure-native:tenantId": "x",
    });
    const env = {
      ARM_TENANT_ID: "t",
      ARM_CLIENT_SECRET: "canary",
      ARM_OIDC_TOKEN: "canary",
      ARM_USE_MSI: "false",
    };
    const leak = "would sign in to every tenant alike; unset it, ids are per tenant here";
    expect(() => loadConfig(env)).toThrow(
      new pulumi.RunError(
        [
          "the stack's configuration cannot be used:",
          `  * cross-tenant-data:homeTennant is "(hidden)": is not known; allowed: ${allowedKeys}`,
          `  * azure-native:tenantId is "(hidden)": has no effect, because each tenant has its own providers; remove it`,
          `  * ARM_CLIENT_SECRET is "(hidden)": ${leak}`,
          `  * ARM_OIDC_TOKEN is "(hidden)": ${leak}`,
          `  * ARM_TENANT_ID is "t": ${leak}`,
          "  * homeTenant is missing: set it, or applicationClientId for a customer's side alone",
          "  * resourceTenants is []: a stack without a home side needs a managed resource tenant",
        ].join("\n"),
      ),
    );
  });

  it.each([
    "ARM_TENANT_ID",
    "ARM_CLIENT_ID",
    "ARM_SUBSCRIPTION_ID",
    "ARM_CLIENT_ID_FILE_PATH",
    "ARM_CLIENT_SECRET",
    "ARM_CLIENT_SECRET_FILE_PATH",
    "ARM_CLIENT_CERTIFICATE",
    "ARM_CLIENT_CERTIFICATE_PATH",
    "ARM_OIDC_TOKEN",
    "ARM_OIDC_TOKEN_FILE_PATH",
    "ARM_USE_AKS_WORKLOAD_IDENTITY",
    "ARM_USE_DEFAULT_AZURE_CREDENTIAL",
    "ARM_USE_MSI",
  ])("refuses %s, unless it is empty or false", (name) => {
    configure({ applicationClientId, resourceTenants: [contoso] });
    const shown = name.endsWith("_ID") ? "canary" : "(hidden)";
    expect(() => loadConfig({ [name]: "canary" })).toThrow(`${name} is "${shown}": would sign in`);
    expect(() => loadConfig({ [name]: "" })).not.toThrow();
    expect(() => loadConfig({ [name]: "false" })).not.toThrow();
  });

  it("takes what the shell says of the cloud and of signing in by OIDC", () => {
    configure({ applicationClientId, resourceTenants: [contoso] });
    const env = { ARM_METADATA_HOSTNAME: "cloud.example", ARM_USE_OIDC: "true", ARM_USE_MSIX: "1" };
    expect(() => loadConfig(env)).not.toThrow();
  });
});

const applicationClientId = "9f3c7b20-84d1-4e6a-b5c2-7d10a9e8f401";
