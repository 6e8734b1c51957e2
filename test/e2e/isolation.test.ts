import { findServicePrincipal } from "local-azure/testing";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { STORAGE_BLOB_DATA_CONTRIBUTOR } from "../../infra/blob-target.ts";
import type { StackOutputs } from "../start/stack-outputs.ts";
import { changeAppSettings, restartSite } from "./support/app-settings.ts";
import { adatum, contoso, devConfig } from "./support/dev-config.ts";
import { publishProbe } from "./support/publish-probe.ts";
import { askSite, listBlobs, putBlob } from "./support/site-answer.ts";
import { type Stage, startStage } from "./support/stage.ts";

type Target = StackOutputs["targets"][number];

let stage: Stage;
let outputs: StackOutputs;
let siteUrl: string;
/** Targets in two tenants. */
let archive: Target;
let invoices: Target;

beforeAll(async () => {
  stage = await startStage(devConfig({ resourceTenants: [contoso(), adatum] }));
  await stage.up();
  outputs = await stage.outputs();
  ({ siteUrl } = outputs);
  [archive, invoices] = outputs.targets as [Target, Target];
});
afterAll(() => stage.close());

it("fetches each tenant's token when it starts, and none for a caller after that", async () => {
  expect(await touchedBy(restartAndWarm)).toEqual({
    tenants: expect.arrayContaining([archive.tenantId, invoices.tenantId]),
    accounts: [],
  });
  expect((await touchedBy(() => useTarget("archive"))).tenants).toEqual([]);
});

it("touches no other tenant for a caller that names one target", async () => {
  await warm();
  expect(await touchedBy(() => useTarget("archive"))).toEqual(onlyAccountOf(archive));
  expect(await touchedBy(() => useTarget("invoices"))).toEqual(onlyAccountOf(invoices));
});

it("gives each tenant's service principal one role on one container, and nothing in the directory", () => {
  const { state } = stage.azure;
  for (const { name, tenantId } of outputs.targets) {
    const principal = findServicePrincipal(state, tenantId, outputs.applicationClientId);
    const roles = [...state.roleAssignments.values()].filter(
      ({ principalId }) => principalId === principal?.objectId,
    );
    const [container] = [...state.resources.values()].filter(
      (resource) => resource.type.endsWith("/containers") && resource.name === name,
    );
    expect(container).toMatchObject({ tenantId });
    expect(roles).toMatchObject([
      { tenantId, scope: container?.id, roleDefinitionGuid: STORAGE_BLOB_DATA_CONTRIBUTOR },
    ]);
    expect(principal).toMatchObject({ graphPermissions: [] });
  }
});

it("refuses one tenant's token at a target that points into another tenant, and asks that one for none", async () => {
  const { blobEndpoint, container } = invoices;
  const astray = { ...archive, blobEndpoint, container };
  await pointSiteTo([astray, invoices]);
  onTestFinished(() => pointSiteTo(outputs.targets));
  await warm();

  const touched = await touchedBy(async () => {
    expect(await listBlobs(siteUrl, "archive")).toEqual({
      status: 502,
      body: {
        error: {
          code: "ERR_STORAGE_REFUSED",
          message:
            `storage: ${blobEndpoint} belongs to tenant ${invoices.tenantId}, but the configuration ` +
            `of target "archive" says tenant ${archive.tenantId} ("${archive.tenant}"); correct ` +
            `that tenant's tenantId or the target's blobEndpoint`,
          hop: "storage",
          upstreamStatus: 401,
          azureCode: "InvalidAuthenticationInfo",
          authenticationDetail: "Issuer validation failed. Issuer did not match.",
          storageTenantId: invoices.tenantId,
          requestId: expect.any(String),
          explanation: { cause: expect.any(String), fix: expect.any(String) },
        },
      },
    });
  });
  // Storage answers with the tenant it would take a token of; the site does not follow.
  expect(touched).toEqual(onlyAccountOf(invoices));
});

it("refuses a storage token of one tenant at another tenant's account", async () => {
  const probe = await publishProbe(stage, siteUrl);
  const identity = outputs.managedIdentityClientId;
  const cases = [
    [archive, invoices],
    [invoices, archive],
  ] as const;
  for (const [own, other] of cases) {
    const { tenantId: tenant } = own;
    expect(await probe({ identity, tenant, url: listUrl(own) })).toMatchObject({ status: 200 });
    const { status, challenge, body } = await probe({ identity, tenant, url: listUrl(other) });
    expect({ status, challenge }).toEqual({
      status: 401,
      challenge: `Bearer authorization_uri=${outputs.authorityHost}/${other.tenantId}/oauth2/authorize resource_id=https://storage.azure.com`,
    });
    expect(body).toContain("<Code>InvalidAuthenticationInfo</Code>");
    expect(body).toContain("Issuer validation failed. Issuer did not match.");
  }
});

function pointSiteTo(targets: readonly Target[]): Promise<void> {
  return changeAppSettings(stage.azure, siteUrl, { TARGETS: JSON.stringify(targets) });
}

function listUrl({ blobEndpoint, container }: Target): string {
  return `${blobEndpoint}/${container}?restype=container&comp=list`;
}

async function useTarget(target: string): Promise<void> {
  expect(await putBlob(siteUrl, target)).toMatchObject({ status: 201 });
  expect(await listBlobs(siteUrl, target)).toMatchObject({ status: 200 });
  const blob = `/api/targets/${target}/blobs/test.txt`;
  expect(await askSite(siteUrl, blob)).toMatchObject({ status: 200 });
  expect(await askSite(siteUrl, blob, { method: "DELETE" })).toMatchObject({ status: 204 });
}

/** The tenants whose login endpoint and the storage accounts that were called meanwhile. */
async function touchedBy(work: () => Promise<void>) {
  const { requests } = stage.azure.traffic;
  const before = requests.length;
  await work();
  const first = (service: string) => [
    ...new Set(
      requests
        .slice(before)
        .map((request) => request.split(" ") as [string, string, string])
        .filter(([, called]) => called === service)
        .map(([, , path]) => path.split("/")[1]),
    ),
  ];
  return { tenants: first("entra"), accounts: first("storage") };
}

/** Everything a call touches when the site has the tokens already. */
function onlyAccountOf(target: Target) {
  return { tenants: [], accounts: [accountOf(target)] };
}

async function restartAndWarm(): Promise<void> {
  await restartSite(stage.azure, siteUrl);
  await warm();
}

/** Waits until the site has a token of every tenant, which it fetches when it starts. */
async function warm(): Promise<void> {
  const valid = { token: { state: "valid" }, lastExchange: { outcome: "succeeded" } };
  await expect
    .poll(async () => (await askSite(siteUrl, "/api/targets")).body)
    .toMatchObject({ targets: [valid, valid] });
}

function accountOf({ blobEndpoint }: Target): string | undefined {
  return blobEndpoint.split("/").at(-1);
}
