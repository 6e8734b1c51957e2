import type { JsonObject } from "../../../src/base/json.ts";
import type { Exchange } from "../recording.ts";
import { documentsIn, field } from "./documents.ts";
import { ensure, ensureGroup, surroundingNeeds, writeGroup } from "./ensure.ts";
import { operationNeeds } from "./operations.ts";
import { resourcePath } from "./resource-path.ts";
import { makePrincipals } from "./role-assignments.ts";
import { deletedVaultNeeds } from "./deleted-vaults.ts";
import type { Replay } from "./under-way.ts";
import { configNeeds } from "./site-configs.ts";

/** What a request to Resource Manager needs. */
export async function resourceNeeds(replay: Replay, exchange: Exchange): Promise<void> {
  if (await operationNeeds(replay, exchange)) return;
  await deletedVaultNeeds(replay, exchange);
  const { request, response } = exchange;
  const path = decodeURIComponent(new URL(request.url).pathname).replace(/\/$/, "");
  const { group, resources } = resourcePath(path);
  if (response.status < 300) await makePrincipals(replay, request.body);
  if (response.status < 300)
    for (const document of documentsIn(response.body))
      await documentNeeds(replay, exchange, document);
  if (group !== undefined && hadGroup(exchange, path === group)) await ensureGroup(replay, group);
  const itself = resources.at(-1) === path;
  for (const id of itself ? resources.slice(0, -1) : resources) await ensure(replay, id);
  const updated = itself && response.status < 300 && wasThere(exchange);
  if (updated) await ensure(replay, path);
  await configNeeds(replay, exchange);
}

/** No group where there was none, nor where the request makes it. */
function hadGroup({ request, response }: Exchange, itself: boolean): boolean {
  if (field(field(response.body, "error"), "code") === "ResourceGroupNotFound") return false;
  if (!itself) return true;
  return response.status < 300 && !(request.method === "PUT" && response.status === 201);
}

function wasThere({ request: { method }, response: { status } }: Exchange): boolean {
  return (
    (method === "DELETE" || method === "PATCH" || method === "HEAD") &&
    !(method === "DELETE" && status === 204)
  );
}

/** What a read or an update shows was there; what a PUT makes was not. */
async function documentNeeds(
  replay: Replay,
  { request: { method, url }, response }: Exchange,
  document: JsonObject,
): Promise<void> {
  const { id } = document;
  if (typeof id !== "string" || !id.startsWith("/subscriptions/")) return;
  if (field(document["properties"], "type") === "BuiltInRole") return;
  // Of these, a 200 to a PUT says that something was there; the others answer every PUT with it.
  const updates =
    response.status === 200 &&
    /userAssignedIdentities|storageAccounts\/[^/]+\?|resourceGroups\/[^/]+\?|\/locks\//i.test(url);
  if (replay.stale === true && document["type"] === "Microsoft.Resources/resourceGroups")
    await writeGroup(replay, id, document);
  if (method === "PUT" && !updates) await surroundingNeeds(replay, id, document);
  else await ensure(replay, id, document);
}
