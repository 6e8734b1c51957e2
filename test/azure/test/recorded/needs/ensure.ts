import type { JsonObject } from "../../../src/base/json.ts";
import { findResource } from "../../../src/resource-manager/engine/resource-store.ts";
import { documentsIn, field } from "./documents.ts";
import { resourceBodies } from "./resource-bodies.ts";
import { resourcePath, typeOf } from "./resource-path.ts";
import { makePrincipals } from "./role-assignments.ts";
import { make, type Replay } from "./under-way.ts";

/** Makes a resource with everything that it is in, unless it is there. */
export async function ensure(
  replay: Replay,
  recordedId: string,
  shown?: JsonObject,
): Promise<void> {
  const id = idHere(replay, recordedId);
  if (isThere(replay, id)) return;
  const document =
    shown?.["properties"] === undefined ? (documentOf(replay, recordedId) ?? shown) : shown;
  const { group, resources } = resourcePath(id);
  if (group === id) return ensureGroup(replay, id, document);
  await surroundingNeeds(replay, id, document);
  await makePrincipals(replay, document);
  const body = resourceBodies[typeOf(id)];
  if (body === undefined || resources.at(-1) !== id) return;
  replay.planted.add(id.toLowerCase());
  const made = body.body(planned(id, document));
  await make(replay, "resourceManager", "PUT", `${id}?api-version=${body.apiVersion}`, made);
}

/** What the recording shows of a resource, wherever it does. */
function documentOf({ recording }: Replay, id: string): JsonObject | undefined {
  const shown = recording.exchanges.flatMap(({ response }) => documentsIn(response.body));
  const wanted = withoutSubscription(id);
  const same = shown.filter((document) => withoutSubscription(document["id"]) === wanted);
  return same.find((document) => document["properties"] !== undefined) ?? same[0];
}

function withoutSubscription(id: unknown): string {
  return String(id)
    .replace(/^\/subscriptions\/[^/]+/i, "")
    .toLowerCase();
}

function isThere({ world: { azure } }: Replay, id: string): boolean {
  const { roleAssignments } = azure.state;
  return findResource(azure.state, id) !== undefined || roleAssignments.has(id.toLowerCase());
}

/** What a resource is in, stands on and refers to. */
export async function surroundingNeeds(
  replay: Replay,
  recordedId: string,
  document?: JsonObject,
): Promise<void> {
  const id = idHere(replay, recordedId);
  const { group = id, resources } = resourcePath(id);
  if (group === id) return;
  await ensureGroup(replay, group, document);
  const location = document?.["location"];
  for (const parent of resources.slice(0, -1))
    await ensure(replay, parent, location === undefined ? undefined : { location });
  if (typeOf(id) === "microsoft.web/sites") await ensure(replay, ...planOf(group, document));
  const assigned = field(field(document, "identity"), "userAssignedIdentities");
  for (const identity of Object.keys({ ...(assigned as object | undefined) }))
    await ensure(replay, identity);
}

/** A site is on the plan that its document names, Linux as it is; on whatever plan, where it names none. */
function planOf(group: string, document: JsonObject | undefined): [id: string, plan: JsonObject] {
  const named = field(document?.["properties"], "serverFarmId");
  const linux = field(document?.["properties"], "reserved") === true;
  const location = document?.["location"] ?? "westeurope";
  const id =
    typeof named === "string" ? named : `${group}/providers/Microsoft.Web/serverfarms/plan`;
  return [id, { location, properties: { reserved: linux }, ...(linux ? { kind: "linux" } : {}) }];
}

/** The document of a site, with its plan where it names none. */
function planned(id: string, document: JsonObject | undefined): JsonObject | undefined {
  if (typeOf(id) !== "microsoft.web/sites") return document;
  const [serverFarmId] = planOf(resourcePath(id).group ?? "", document);
  return {
    ...document,
    properties: { ...(document?.["properties"] as object | undefined), serverFarmId },
  };
}

export async function ensureGroup(
  replay: Replay,
  recordedId: string,
  given?: JsonObject,
): Promise<void> {
  const id = idHere(replay, recordedId);
  if (findResource(replay.world.azure.state, id) !== undefined) return;
  const document = documentOf(replay, recordedId) ?? given;
  await writeGroup(replay, recordedId, document);
}

/** Writes a group with the tags that a document shows. */
export async function writeGroup(
  replay: Replay,
  recordedId: string,
  document: JsonObject | undefined,
): Promise<void> {
  const id = idHere(replay, recordedId);
  const tags =
    document?.["type"] === "Microsoft.Resources/resourceGroups" ? document["tags"] : undefined;
  const body = { location: document?.["location"] ?? "westeurope", ...(tags ? { tags } : {}) };
  await make(replay, "resourceManager", "PUT", `${id}?api-version=2022-09-01`, body);
}

function idHere({ world, bindings }: Replay, id: string): string {
  const here = bindings
    .toHere(id)
    .replace(/^\/subscriptions\/[^/]+/i, `/subscriptions/${world.subscriptionId}`);
  return here.replace(/\/resourcegroups\//i, "/resourceGroups/");
}
