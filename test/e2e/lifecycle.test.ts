import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPackage, packFiles } from "../../infra/package/build-package.ts";
import { Patience } from "../../infra/package/patience.ts";
import { publishPackage } from "../../infra/package/publish-package.ts";
import type { StackOutputs } from "../start/stack-outputs.ts";
import { changeAppSettings, readAppSettings } from "./support/app-settings.ts";
import { deployerApi, homeDeployerApi } from "./support/deployer-api.ts";
import { contoso } from "./support/dev-config.ts";
import { homeSite } from "./support/home-site.ts";
import { leftovers } from "./support/leftovers.ts";
import { previewSteps, shortSteps, shortUrn } from "./support/preview.ts";
import { roundTrip, site } from "./support/site.ts";
import { startStage, type Stage } from "./support/stage.ts";

const deletedBefore: string[] = [];

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

// One stack's life, in order: each test stands on the one before.
describe("the dev stack", () => {
  it("previews every resource under its own tenant's provider, and writes nothing", async () => {
    const steps = await previewSteps(stage);
    const placed = steps
      .filter(({ urn }) => /::(\S+\$)?(azure-native|azuread):/.test(urn))
      .map(({ urn, provider = "" }) => `${provider.split("::").at(-2)} ${shortUrn(urn)}`)
      .sort();
    expect(placed).toEqual([
      "contoso-azure BlobContainer invoices",
      "contoso-azure BlobServiceProperties invoices",
      "contoso-azure ResourceGroup contoso",
      "contoso-azure RoleAssignment invoices",
      "contoso-azure StorageAccount invoices",
      "contoso-entra ServicePrincipal contoso",
      "home-azure AppServicePlan site-plan",
      "home-azure ResourceGroup home",
      "home-azure UserAssignedIdentity site-identity",
      "home-azure WebApp site",
      "home-azure WebAppApplicationSettings site-settings",
      "home-azure WebAppDiagnosticLogsConfiguration site-logs",
      "home-azure WebAppFtpAllowed site-ftp",
      "home-azure WebAppScmAllowed site-scm",
      "home-entra Application application",
      "home-entra ApplicationFederatedIdentityCredential site-identity-credential",
    ]);
    expect(new Set(steps.map(({ op }) => op))).toEqual(new Set(["create"]));
    expect(stage.azure.traffic.writes).toEqual([]);
  });

  it("comes up although its young site's SCM is not there at first, and its site writes and reads a blob in the resource tenant", async () => {
    const young = { service: "scm", kind: "status", count: 1 } as const;
    stage.azure.traffic.faults.set([404, 403, 503].map((status) => ({ ...young, status })));
    const { stdout } = await stage.up();
    stage.azure.traffic.faults.clear();
    for (const status of [404, 403, 503])
      expect(stdout).toMatch(
        new RegExp(`waiting: cannot list the site's deployments: \\S+ answered ${status} `),
      );
    expect(await roundTrip(stage, "invoices", "through the exchange")).toBe("through the exchange");
    // By this tag the resource tenant's portal lists it among the enterprise applications.
    const [principal] = ours(await stage.outputs());
    expect(principal?.settings["tags"]).toEqual(["WindowsAzureActiveDirectoryIntegratedApp"]);
  });

  it("previews no change afterwards", async () => {
    const before = stage.azure.traffic.writes.length;
    const result = await stage.pulumi("preview", "--expect-no-changes");
    expect(result).toMatchObject({ code: 0 });
    expect(stage.azure.traffic.writes.slice(before)).toEqual([]);
  });

  it("changes only the package when a source of the site changes", async () => {
    const file = join(stage.projectRoot, "app/page/page.ts");
    const source = await readFile(file, "utf8");
    await writeFile(file, source.replace("<h1>", "<h1>changed text "));
    expect(shortSteps(await previewSteps(stage))).toEqual(["update AppPackage site-package"]);
    await stage.up();
    expect(await (await site(stage, "/overview")).text()).toContain("<h1>changed text ");
    const { package: hash } = (await (await site(stage, "/healthz")).json()) as { package: string };
    expect(hash).toBe((await buildPackage(stage.projectRoot)).hash);
  });

  it("refuses a package that does not start, with the end of what it printed, and mends with the next", async () => {
    const file = join(stage.projectRoot, "app/main.ts");
    const source = await readFile(file, "utf8");
    await writeFile(file, `throw new Error("no such thing");\n${source}`);
    const { code, stdout } = await stage.pulumi("up", "--yes", "--skip-preview");
    await writeFile(file, source);
    expect(code).not.toBe(0);
    expect(stdout).toContain(
      "the site does not run with the package: Resource Manager says RuntimeFailed: the site's container did not start; the last lines of its output:",
    );
    expect(stdout).toMatch(/Z Error: no such thing$/m);
    expect(stdout).toMatch(/waiting: deployment [0-9a-f-]{36}: SCM says "Fetching changes\."/);
    await stage.up();
    expect(await roundTrip(stage, "invoices", "mended")).toBe("mended");
  });

  it("refuses sources of the site that cannot be bundled, naming the place, and writes nothing", async () => {
    const file = join(stage.projectRoot, "app/page/page.ts");
    const source = await readFile(file, "utf8");
    await writeFile(file, `${source}\nconst = 1;\n`);
    const before = stage.azure.traffic.writes.length;
    const { code, stdout } = await stage.pulumi("up", "--yes", "--skip-preview");
    await writeFile(file, source);
    expect(code).not.toBe(0);
    expect(stdout).toContain(
      "the site's sources in app/ cannot be bundled; mend them. Build failed",
    );
    expect(stdout).toMatch(/app\/page\/page\.ts:\d+:\d+: ERROR: /);
    expect(stdout).not.toContain("unhandled exception");
    expect(stage.azure.traffic.writes.slice(before)).toEqual([]);
  });

  it("finds and repairs a role assignment deleted behind its back", async () => {
    const { roleAssignments } = stage.azure.state;
    const ours = () =>
      [...roleAssignments.values()].filter(({ scope }) => /\/containers\//.test(scope));
    const before = ours();
    for (const { id } of before) roleAssignments.delete(id.toLowerCase());
    await stage.up("--refresh");
    expect(ours().map(({ scope, principalId }) => ({ scope, principalId }))).toEqual(
      before.map(({ scope, principalId }) => ({ scope, principalId })),
    );
    expect(await roundTrip(stage, "invoices", "again")).toBe("again");
  });

  it("finds and repairs a federated credential deleted behind its back", async () => {
    const { applicationClientId, managedIdentityPrincipalId } = await stage.outputs();
    const application = [...stage.azure.state.applications.values()].find(
      ({ appId }) => appId === applicationClientId,
    );
    application?.federatedIdentityCredentials.clear();
    await stage.up("--refresh");
    const credentials = [...(application?.federatedIdentityCredentials.values() ?? [])];
    expect(credentials.map(({ subject }) => subject)).toEqual([managedIdentityPrincipalId]);
  });

  it("finds and repairs a service principal deleted behind its back", async () => {
    const [principal] = ours(await stage.outputs());
    await deployerApi(stage.azure, contoso()["tenantId"]).graph(
      "DELETE",
      `/servicePrincipals/${principal?.objectId}`,
    );
    await stage.up("--refresh");
    expect(ours(await stage.outputs())).toHaveLength(1);
    expect(await roundTrip(stage, "invoices", "let in again")).toBe("let in again");
  });

  it("finds an application deleted behind its back, and makes another with all that hangs on it", async () => {
    const before = await stage.outputs();
    const { graph } = homeDeployerApi(stage.azure);
    await graph("DELETE", `/applications(appId='${before.applicationClientId}')`);
    await stage.up("--refresh");
    const after = await stage.outputs();
    expect(after.applicationClientId).not.toBe(before.applicationClientId);
    expect(ours(before)).toEqual([]);
    expect(ours(after)).toHaveLength(1);
    expect(await roundTrip(stage, "invoices", "another")).toBe("another");
    deletedBefore.push(before.applicationClientId);
  });

  it("finds and repairs app settings changed and added behind its back", async () => {
    const { siteUrl } = await stage.outputs();
    const before = await readAppSettings(stage.azure);
    const MANAGED_IDENTITY_CLIENT_ID = "9f3c7b20-84d1-4e6a-b5c2-7d10a9e8f4ff";
    await changeAppSettings(stage.azure, siteUrl, { MANAGED_IDENTITY_CLIENT_ID, EXTRA: "by hand" });
    const update = "update WebAppApplicationSettings site-settings";
    const steps = await previewSteps(stage, "--refresh");
    expect(shortSteps(steps.filter(({ op }) => op !== "refresh"))).toEqual([update]);
    await stage.up("--refresh");
    expect(await readAppSettings(stage.azure)).toEqual(before);
    expect(await roundTrip(stage, "invoices", "as before")).toBe("as before");
  });

  it("finds and replaces a package published behind its back", async () => {
    const intruder = packFiles({
      "main.cjs": Buffer.from(
        "require('http').createServer((q, s) => s.end('intruder')).listen(process.env.PORT)",
      ),
      "package.json": Buffer.from("{}"),
    });
    await publishPackage(await homeSite(stage), intruder, new Patience());
    expect(await (await site(stage, "/")).text()).toBe("intruder");
    await stage.up("--refresh");
    expect(await (await site(stage, "/overview")).text()).toContain("<h1>changed text ");
  });

  it("leaves nothing in either tenant when destroyed but the soft-deleted applications", async () => {
    const { applicationClientId } = await stage.outputs();
    await stage.destroy();
    expect(leftovers(stage.azure)).toEqual({
      deletedApplications: [...deletedBefore, applicationClientId],
    });
  });
});

/** The application's service principals in all tenants. */
function ours({ applicationClientId }: StackOutputs) {
  return [...stage.azure.state.servicePrincipals.values()].filter(
    ({ appId }) => appId === applicationClientId,
  );
}
