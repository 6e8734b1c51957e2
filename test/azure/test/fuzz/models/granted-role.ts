import { fuzzTenants } from "../fuzz-seed.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { resourceBodies, signedInManage } from "../management-world.ts";
import { fieldOf } from "./ask.ts";

const subscription = `/subscriptions/${fuzzTenants.kept.subscriptionId}`;
const group = `${subscription}/resourceGroups/access`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts/fuzzaccess`;
const container = `${account}/blobServices/default/containers/model`;
const provider = "providers/Microsoft.Authorization";
const assignment = `${container}/${provider}/roleAssignments/66666666-6666-4666-8666-666666666666`;
/** Storage Blob Data Reader. */
const roleDefinitionId = `${subscription}/${provider}/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1`;

/** The role of a reader, which the planted identity has or has not at a container with one blob. */
export interface GrantedRole {
  grant(): Promise<void>;
  revoke(): Promise<void>;
  /** Writes the blob again, as its owner. */
  restore(): Promise<void>;
  /** Status of the identity's request for the blob. */
  send(method: string, query: string, headers: Readonly<Record<string, string>>): Promise<number>;
  /** The blob, as its owner reads it. */
  content(): Promise<string>;
}

/** Makes an account with a blob that the identity of the target's site may read once it is granted the role. */
export async function grantedRole(target: FuzzTarget): Promise<GrantedRole> {
  const manage = await signedInManage(target, "kept");
  await manage("PUT", group, { location: "westeurope" });
  await manage("PUT", account, resourceBodies("kept", group)["Microsoft.Storage/storageAccounts"]);
  await manage("PUT", container, {});
  const { resourceId } = target.site;
  const identity = `${resourceId.slice(0, resourceId.indexOf("/providers/"))}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/host`;
  const principalId = fieldOf(await manage("GET", identity), "properties", "principalId") ?? "";
  const owner = await target.authorization("kept", "https://storage.azure.com");
  const reader = await identityToken(target, identity);
  const ask = (authorization: string, method: string, query = "", more = {}) =>
    target.send({
      route: "/model/blob",
      origin: target.endpoints.storage,
      method,
      path: `/fuzzaccess/model/blob${query}`,
      headers: { authorization, "x-ms-version": "2026-10-06", ...more },
      ...(method === "PUT" ? { body: "kept" } : {}),
    });
  const restore = async () => {
    await ask(owner, "PUT", "", { "x-ms-blob-type": "BlockBlob" });
  };
  await restore();
  return {
    restore,
    grant: async () => {
      const principalType = "ServicePrincipal";
      await manage("PUT", assignment, {
        properties: { roleDefinitionId, principalId, principalType },
      });
    },
    revoke: async () => void (await manage("DELETE", assignment)),
    send: async (method, query, headers) => (await ask(reader, method, query, headers)).status,
    content: async () => (await ask(owner, "GET")).body,
  };
}

async function identityToken({ send, site }: FuzzTarget, identity: string): Promise<string> {
  const { IDENTITY_ENDPOINT = "", IDENTITY_HEADER = "" } = site.environment;
  const { origin, pathname } = new URL(IDENTITY_ENDPOINT);
  const query = `api-version=2019-08-01&resource=https://storage.azure.com&mi_res_id=${identity}`;
  const headers = { "x-identity-header": IDENTITY_HEADER };
  const sent = { route: "token", origin, method: "GET", path: `${pathname}?${query}`, headers };
  return `Bearer ${fieldOf(await send(sent), "access_token")}`;
}
