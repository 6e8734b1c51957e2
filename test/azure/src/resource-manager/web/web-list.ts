import type { JsonObject } from "../../base/json.ts";
import type { ManagementRequest } from "../engine/operation.ts";

/** A list of App Service. That of a group is its own; Resource Manager puts that of a subscription together (recorded). */
export function webList({ id }: Pick<ManagementRequest, "id">, value: readonly JsonObject[]) {
  const own = /\/resourceGroups\//i.test(id);
  return Response.json(own ? { value, nextLink: null, id: null } : { value });
}
