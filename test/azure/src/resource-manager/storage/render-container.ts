import type { JsonObject } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import { etagOf } from "../engine/etag.ts";
import { renderResource } from "../engine/resource-store.ts";

/** What no body changes. */
export const fixed: JsonObject = {
  leaseStatus: "Unlocked",
  leaseState: "Available",
  hasImmutabilityPolicy: false,
  hasLegalHold: false,
  deleted: false,
  remainingRetentionDays: 0,
};

/** With the entity tag in a header of its own (recorded on every answer but those of lists). */
export function tagged(
  container: Resource,
  show: (container: Resource) => JsonObject,
  status = 200,
): Response {
  const headers = { etag: etagOf(container) };
  return Response.json(show(container), { status, headers });
}

/** A single one tells its legal holds and whether versions may be made immutable as well (9 of 9). */
export function read(container: Resource): JsonObject {
  const legalHold = { hasLegalHold: false, tags: [] };
  return { ...render(container), properties: { ...container.properties, legalHold } };
}

/** The answer to a PUT has what the body gave, and no tag inside (6 of 6). */
export function written({ id, name, type: own }: Resource, given: JsonObject): JsonObject {
  const { leaseStatus: _status, leaseState: _state, ...rest } = fixed;
  const shown = Object.keys(given).length === 0 ? {} : { properties: { ...given, ...rest } };
  return { id, name, type: own, ...shown };
}

/** As lists have it. */
export function render(container: Resource): JsonObject {
  return { ...renderResource(container), etag: etagOf(container) };
}
