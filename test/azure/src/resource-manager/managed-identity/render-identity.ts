import type { JsonObject } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { ManagementRequest } from "../engine/operation.ts";
import { renderResource } from "../engine/resource-store.ts";

/** An identity, which has tags whether or not somebody gave it some (30 of 30 recorded answers). */
export function renderIdentity(identity: Resource): JsonObject {
  return { ...renderNested(identity), tags: identity.tags ?? {} };
}

/** What Microsoft.ManagedIdentity keeps, whose ids it spells with `resourcegroups` (22 of 22). */
export function renderNested(resource: Resource): JsonObject {
  const id = resource.id.replace("/resourceGroups/", "/resourcegroups/");
  return { ...renderResource(resource), id };
}

/** The answer to a PUT: of what was made, `Location` says where it is. */
export function answerWritten(
  { id, azure, query }: ManagementRequest,
  rendered: JsonObject,
  created: boolean,
): Response {
  if (!created) return Response.json(rendered);
  const location = `${azure.endpoints.resourceManager}${id}?api-version=${query.get("api-version")}`;
  return Response.json(rendered, { status: 201, headers: { location } });
}
