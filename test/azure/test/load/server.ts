import { randomUUID } from "node:crypto";
import { type LocalAzure, startLocalAzure } from "../../src/local-azure/local-azure.ts";
import { RESOURCE, defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import { builtInRoles } from "../../src/world/access/built-in-roles.ts";

/** What the client needs to load the local Azure of this process, as one line on stdout. */
export interface LoadTarget {
  readonly caFile: string;
  readonly idToken: { readonly url: string; readonly authorization: string };
  readonly tokenUrl: string;
  readonly clientId: string;
  /** A container in which the client may write. */
  readonly container: string;
}

/** What this process, without Azurite, has had of memory at most, as a second line when it ends. */
export interface ServerMemory extends Record<string, unknown> {
  readonly serverMiB: number;
}

const subscription = defaultSeed.tenants.find(({ tenantId }) => tenantId === RESOURCE);
if (subscription === undefined) throw new Error("the seed has no resource tenant");
const { tenantId, subscriptionId, deployer } = subscription;
const azure = await startLocalAzure(defaultSeed, { log: () => undefined });
const { oidc, loginEndpoint } = azure.connection;
const target: LoadTarget = {
  caFile: azure.caFile,
  idToken: {
    url: `${oidc.requestUrl}&audience=${encodeURIComponent("api://AzureADTokenExchange")}`,
    authorization: `Bearer ${oidc.requestToken}`,
  },
  tokenUrl: `${loginEndpoint}/${tenantId}/oauth2/v2.0/token`,
  clientId: deployer.clientId,
  container: plantContainer(azure),
};
// It ends with the client, whose pipe is its stdin.
process.stdin.resume().once("close", () => {
  const memory: ServerMemory = { serverMiB: Math.round(process.resourceUsage().maxRSS / 1024) };
  process.stdout.write(`${JSON.stringify(memory)}\n`);
  void azure.close();
});
process.stdout.write(`${JSON.stringify(target)}\n`);

/** An account with a container, and a role there for the deployer, whose own has nothing of blobs. Returns its address. */
function plantContainer({ state, endpoints }: LocalAzure): string {
  const name = "loadaccount";
  const group = `/subscriptions/${subscriptionId}/resourceGroups/load`;
  const id = `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
  const containerId = `${id}/blobServices/default/containers/blobs`;
  const type = "Microsoft.Storage/storageAccounts";
  const shared = { tenantId, subscriptionId, properties: {} };
  state.resources.set(id.toLowerCase(), { ...shared, id, name, type });
  state.resources.set(containerId.toLowerCase(), {
    ...shared,
    id: containerId,
    name: "blobs",
    type: `${type}/blobServices/containers`,
  });
  const role = builtInRoles.find(({ roleName }) => roleName === "Storage Blob Data Contributor");
  const assignment = `${containerId}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  state.roleAssignments.set(assignment.toLowerCase(), {
    id: assignment,
    tenantId,
    scope: containerId,
    principalId: deployer.objectId,
    principalType: "ServicePrincipal",
    roleDefinitionGuid: role?.id.split("/").at(-1) ?? "",
  });
  return `${endpoints.storage}/${name}/blobs`;
}
