import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adatum, contoso, devConfig, type StackValues } from "./support/dev-config.ts";
import { previewSteps, shortSteps } from "./support/preview.ts";
import { listBlobs, putBlob } from "./support/site-answer.ts";
import { stackRefusals } from "./support/stack-refusals.ts";
import { startStage, type Stage } from "./support/stage.ts";

let stage: Stage;
let siteUrl: string;
let account: string;

beforeAll(async () => {
  // The local Azure knows both tenants, the stack one.
  stage = await startStage(devConfig({ resourceTenants: [contoso(), adatum] }));
  await stage.configure(devConfig({ protect: true }));
  await stage.up();
  ({ siteUrl } = await stage.outputs());
  expect(await putBlob(siteUrl, "invoices")).toMatchObject({ status: 201 });
  [account = ""] = accounts();
});
afterAll(() => stage.close());

const { name: _name, targets: _targets, ...ids } = adatum;
const { tenantId, subscriptionId, location } = contoso();

// One stack that stands: each refusal leaves it as it was. A refusal is that of a preview, and of an update without one.
describe.each([true, false])("a stack with data, with protect %s", (protect) => {
  beforeAll(async () => {
    await stage.configure(devConfig({ protect }));
    await stage.up();
  });

  it("refuses a tenant's other name", async () => {
    expect(await refusals({ protect, resourceTenants: [{ ...contoso(), name: "fabrikam" }] })).toBe(
      moved(`tenant was "contoso", is "fabrikam"`),
    );
  });

  it("refuses another tenant's ids", async () => {
    expect(await refusals({ protect, resourceTenants: [{ ...contoso(), ...ids }] })).toBe(
      moved(
        `location was "${String(location)}", is "${String(adatum["location"])}", ` +
          `subscriptionId was "${String(subscriptionId)}", is "${String(adatum["subscriptionId"])}", ` +
          `tenantId was "${String(tenantId)}", is "${String(adatum["tenantId"])}"`,
      ),
    );
  });

  it("refuses a target's other name, and a tenant without it", async () => {
    const renamed = { ...contoso(), targets: [{ name: "bills" }] };
    for (const resourceTenants of [[renamed], []]) {
      expect(await refusals({ protect, resourceTenants })).toBe(
        `${named()} is configured no more, and would be deleted with the data in it: put it back, or name "invoices" in deleteTargets`,
      );
    }
  });

  it("refuses another home tenant while there is an application", async () => {
    const home = devConfig()["homeTenant"] as Record<string, unknown>;
    const said = await refusals({
      protect,
      homeTenant: { ...home, tenantId: String(adatum["tenantId"]) },
    });
    expect(said).toContain(
      `homeTenant: tenantId was "${String(home["tenantId"])}", is "${String(adatum["tenantId"])}"; resource tenants have let in the application that is there, and it would be lost: put it back`,
    );
  });

  it("has nothing to do with the configuration back, and has its data", async () => {
    await stage.configure(devConfig({ protect }));
    const steps = await previewSteps(stage, "--refresh");
    expect(shortSteps(steps.filter(({ op }) => op !== "refresh"))).toEqual([]);
    expect(accounts()).toEqual([account]);
    expect(await listBlobs(siteUrl, "invoices")).toMatchObject({ status: 200 });
  });
});

it("takes a protected target out in two updates, once its name is in deleteTargets", async () => {
  await stage.configure(devConfig({ protect: true }));
  await stage.up();
  const named = { protect: true, deleteTargets: ["invoices"] };
  expect(await refusals({ ...named, resourceTenants: [] })).toMatch(
    /is protected: put it back for one update, which lifts that because deleteTargets names it, and take it out then$/,
  );
  await stage.configure(devConfig(named));
  await stage.up();
  expect(accounts()).toEqual([account]);
  await stage.configure(devConfig({ ...named, resourceTenants: [] }));
  await stage.up();
  expect(accounts()).toEqual([]);
});

/** What is said, without its title, the same in a preview and in an update; neither writes anything. */
async function refusals(change: StackValues): Promise<string> {
  stage.azure.traffic.reset();
  const [preview = "", up] = await stackRefusals(stage, change);
  expect(up).toBe(preview);
  const [title, problem = "", ...others] = preview.split("\n  * ");
  expect([title, others]).toEqual(["the configuration does not fit what this stack has made:", []]);
  return problem;
}

function moved(what: string): string {
  return `${named()}: ${what}; an account does not move: put it back, or take the target out (deleteTargets) before you add it again`;
}

function named(): string {
  return `target "invoices" with storage account "${account}"`;
}

/** Names of the storage accounts that there are. */
function accounts(): string[] {
  const resources = [...stage.azure.state.resources.values()];
  return resources
    .filter(({ type }) => type === "Microsoft.Storage/storageAccounts")
    .map(({ name }) => name);
}
