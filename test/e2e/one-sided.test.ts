import type { ServicePrincipal } from "local-azure/testing";
import { expect, it, onTestFinished } from "vitest";
import { readAppSettings } from "./support/app-settings.ts";
import { contoso, devConfig, type StackValues } from "./support/dev-config.ts";
import { leftovers } from "./support/leftovers.ts";
import { previewSteps, shortSteps } from "./support/preview.ts";
import { askSite, putBlob } from "./support/site-answer.ts";
import { type Stage, startStage } from "./support/stage.ts";
import { stateResources } from "./support/state-resources.ts";

/** Client id of an application whose tenant the local Azure does not deploy to. */
const foreignApplication = "a40d7d7d-59aa-447e-a655-679a4107e548";

it("deploys the home side and a customer's side as two stacks that know each other's outputs only", async () => {
  const home = await open(devConfig());
  await home.configure(devConfig({ resourceTenants: [] }));
  await home.up();
  const { applicationClientId, siteUrl } = await home.outputs();
  expect(await askSite(siteUrl, "/api/targets")).toEqual({
    status: 200,
    body: { identity: expect.any(Object) as object, targets: [] },
  });

  const customer = await startStage(customerConfig(applicationClientId), home.azure);
  onTestFinished(() => customer.close());
  await customer.up();
  const { targets } = await customer.outputs();

  const { name, tenantId } = contoso();
  const external = targets.map(({ name, blobEndpoint, container }) => ({
    name,
    blobEndpoint,
    container,
  }));
  const resourceTenants = [{ name, tenantId, targets: external }];
  await home.configure(devConfig({ resourceTenants }));
  expect(shortSteps(await previewSteps(home))).toEqual([
    "update WebAppApplicationSettings site-settings",
  ]);
  await home.up();
  expect((await home.outputs()).targets).toEqual(targets);
  const settings = await readAppSettings(home.azure);
  expect(JSON.parse(settings["TARGETS"] ?? "")).toEqual(targets);
  expect((await stateResources(home)).filter((name) => name.includes("contoso"))).toEqual([]);
  expect(await putBlob(siteUrl, "invoices")).toMatchObject({ status: 201 });
});

it("deploys a customer's side alone for an application of elsewhere, and destroys nothing but that", async () => {
  const stage = await open(customerConfig(foreignApplication));
  await stage.up();
  const [principal] = principalsOf(stage, foreignApplication);
  expect(principal).toMatchObject({ tenantId: contoso()["tenantId"] });
  expect(rolesOf(stage, principal)).toEqual(["ServicePrincipal invoices"]);
  await stage.destroy();
  expect(leftovers(stage.azure)).toEqual({ applications: [foreignApplication] });
});

it("gives a service principal that the tenant's admin made its role, and leaves it when it goes", async () => {
  const objectId = "5b0a4f0e-6f0c-4f58-9f30-8e0c1d7b2a11";
  const stage = await open(
    customerConfig(foreignApplication, { servicePrincipalObjectId: objectId }),
  );
  const admitted: ServicePrincipal = {
    objectId,
    appId: foreignApplication,
    tenantId: String(contoso()["tenantId"]),
    displayName: "made by the tenant's admin",
    accountEnabled: true,
    servicePrincipalType: "Application",
    graphPermissions: [],
    alternativeNames: [],
    settings: {},
    createdDateTime: "2026-01-15T12:00:00Z",
  };
  stage.azure.state.servicePrincipals.set(objectId, admitted);
  const before = structuredClone(admitted);
  await stage.up();
  expect(rolesOf(stage, admitted)).toEqual(["ServicePrincipal invoices"]);
  const inState = await stateResources(stage);
  expect(inState.filter((name) => name.startsWith("azure"))).toEqual([
    "azure-native contoso-azure",
  ]);
  await stage.destroy();
  expect(principalsOf(stage, foreignApplication)).toEqual([before]);
  expect(leftovers(stage.azure)).toEqual({
    applications: [foreignApplication],
    servicePrincipals: [foreignApplication],
  });
  const { requests } = stage.azure.traffic;
  expect(requests.filter((request) => request.split(" ")[1] === "graph")).toEqual([]);
});

/** A stage with a local Azure of its own, for the running test. */
async function open(values: StackValues): Promise<Stage> {
  const stage = await startStage(values);
  onTestFinished(() => stage.close());
  return stage;
}

function customerConfig(applicationClientId: string, change: object = {}): StackValues {
  return { applicationClientId, resourceTenants: [{ ...contoso(), ...change }], protect: false };
}

function principalsOf({ azure }: Stage, appId: string): ServicePrincipal[] {
  return [...azure.state.servicePrincipals.values()].filter((found) => found.appId === appId);
}

/** Principal type and container of every role of a service principal. */
function rolesOf({ azure }: Stage, principal: ServicePrincipal | undefined): string[] {
  return [...azure.state.roleAssignments.values()]
    .filter(({ principalId }) => principalId === principal?.objectId)
    .map(({ principalType, scope }) => `${principalType} ${scope.split("/containers/")[1]}`);
}
