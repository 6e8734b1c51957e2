import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deployedSite, readAppSettings } from "./support/app-settings.ts";
import { adatum, contoso, devConfig, type StackValues } from "./support/dev-config.ts";
import { previewSteps, shortSteps, type Step } from "./support/preview.ts";
import { putBlob } from "./support/site-answer.ts";
import { startStage, type Stage } from "./support/stage.ts";

let stage: Stage;
let siteUrl: string;

beforeAll(async () => {
  // The local Azure knows both tenants, the stack at first only one.
  stage = await startStage(devConfig({ resourceTenants: [contoso(), adatum] }));
  await stage.configure(devConfig());
  await stage.up();
  ({ siteUrl } = await stage.outputs());
});
afterAll(() => stage.close());

// One stack that grows and shrinks: each test stands on the one before.
describe("a deployed stack", () => {
  it("takes a resource tenant before the first one, and changes only the setting with the site's targets", async () => {
    expect(await change([adatum, contoso()])).toEqual({
      created: tenantSteps("create", "adatum", "archive"),
      ...onlyTargets("archive", "invoices"),
    });
    expect(await putBlob(siteUrl, "archive")).toMatchObject({ status: 201 });
  });

  it("takes targets of a tenant before and after the first one, and changes only the setting with the site's targets", async () => {
    expect(await change([adatum, contosoWith("catalog", "invoices", "receipts")])).toEqual({
      created: [...targetSteps("create", "catalog"), ...targetSteps("create", "receipts")].sort(),
      ...onlyTargets("archive", "catalog", "invoices", "receipts"),
    });
    expect(await putBlob(siteUrl, "catalog")).toMatchObject({ status: 201 });
    expect(await putBlob(siteUrl, "receipts")).toMatchObject({ status: 201 });
  });

  it("does not mind another order of tenants and targets", async () => {
    await configure([contosoWith("receipts", "invoices", "catalog"), adatum]);
    expect(await previewSteps(stage)).toEqual([]);
  });

  it("loses a resource tenant, and changes only the setting with the site's targets", async () => {
    const { others, touched, ...rest } = await change(
      [contosoWith("catalog", "invoices", "receipts")],
      { deleteTargets: ["archive"] },
    );
    expect(others).toEqual([
      ...tenantSteps("delete", "adatum", "archive"),
      "update WebAppApplicationSettings site-settings",
    ]);
    // Deleting an account's blob service settings is writing Azure's defaults.
    const kept = touched.filter(
      (write) => !write.startsWith("DELETE") && !write.includes(String(adatum["subscriptionId"])),
    );
    expect(kept).toEqual([settingsPut()]);
    expect(rest).toMatchObject({
      created: [],
      previewed: ["properties.TARGETS"],
      settings: ["TARGETS"],
      targets: ["catalog", "invoices", "receipts"],
    });
    expect(await putBlob(siteUrl, "invoices")).toMatchObject({ status: 201 });
    expect(await putBlob(siteUrl, "archive")).toMatchObject({ status: 404 });
  });
});

/** Previews and applies a list of resource tenants, and tells what that did to what existed. */
async function change(resourceTenants: readonly object[], also: StackValues = {}) {
  const { state, traffic } = stage.azure;
  await configure(resourceTenants, also);
  const steps = await previewSteps(stage);
  const before = await readAppSettings(stage.azure);
  const { resources, roleAssignments, applications, servicePrincipals } = state;
  const existing = new Set(
    [resources, roleAssignments, applications, servicePrincipals].flatMap((store) => [
      ...store.keys(),
    ]),
  );
  const writesBefore = traffic.writes.length;
  await stage.up();
  const writes = traffic.writes.slice(writesBefore);
  const after = await readAppSettings(stage.azure);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return {
    created: shortSteps(steps.filter(({ op }) => op === "create")),
    others: shortSteps(steps.filter(({ op }) => op !== "create")),
    previewed: steps.filter(({ op }) => op === "update").flatMap(changedProperties),
    touched: writes.filter((write) => touchesOneOf(existing, write)),
    settings: names.filter((name) => before[name] !== after[name]),
    targets: (JSON.parse(after["TARGETS"] ?? "") as { name: string }[]).map(({ name }) => name),
  };
}

/** What `change` tells of an addition: one existing resource is written, and in it one setting. */
function onlyTargets(...targets: string[]) {
  return {
    others: ["update WebAppApplicationSettings site-settings"],
    previewed: ["properties.TARGETS"],
    touched: [settingsPut()],
    settings: ["TARGETS"],
    targets,
  };
}

function settingsPut(): string {
  return `PUT resource-manager ${deployedSite(stage.azure).id}/config/appsettings`;
}

/** The properties that a step changes. */
function changedProperties({ detailedDiff }: Step): string[] {
  return Object.keys(detailedDiff ?? {});
}

/** Whether a write did anything else than to create something, or to finish what was just created. */
function touchesOneOf(existing: ReadonlySet<string>, write: string): boolean {
  const [method, service, path = ""] = write.split(" ");
  if (method === "PUT") return existing.has(path.toLowerCase().replace("/config/appsettings", ""));
  // The azuread provider patches what it has just made, and takes itself off the owners.
  const [, , , object = ""] = path.split("/");
  if (service === "graph") return existing.has(object);
  return true;
}

function tenantSteps(op: string, tenant: string, target: string): string[] {
  return [
    ...targetSteps(op, target),
    `${op} ResourceGroup ${tenant}`,
    `${op} ResourceTenant ${tenant}`,
    `${op} ServicePrincipal ${tenant}`,
    `${op} azure-native ${tenant}-azure`,
    `${op} azuread ${tenant}-entra`,
  ].sort();
}

function targetSteps(op: string, target: string): string[] {
  return [
    `${op} BlobContainer ${target}`,
    `${op} BlobServiceProperties ${target}`,
    `${op} BlobTarget ${target}`,
    `${op} RoleAssignment ${target}`,
    `${op} StorageAccount ${target}`,
  ];
}

function contosoWith(...targets: string[]) {
  return { ...contoso(), targets: targets.map((name) => ({ name })) };
}

function configure(resourceTenants: readonly object[], also: StackValues = {}): Promise<void> {
  return stage.configure(devConfig({ resourceTenants, ...also }));
}
