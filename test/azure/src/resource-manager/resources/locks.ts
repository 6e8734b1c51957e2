import { type JsonObject, objectField, stringField } from "../../base/json.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { putResource, renderResource, requireResource } from "../engine/resource-store.ts";
import { isAtOrBelow, requireScope } from "../engine/scope.ts";

const type = "Microsoft.Authorization/locks";
const collection = `{scope}/providers/${type}`;
const path = `${collection}/{lockName}`;

/** Management locks (https://learn.microsoft.com/rest/api/resources/management-locks). */
export const lockOperations: Operation[] = [
  {
    method: "GET",
    path: collection,
    action: `${type}/read`,
    handle: (request) => Response.json({ value: list(request) }),
  },
  {
    method: "GET",
    path,
    action: `${type}/read`,
    handle: (request) => Response.json(renderResource(requireLock(request))),
  },
  { method: "PUT", path, action: `${type}/write`, handle: put },
  {
    method: "DELETE",
    path,
    action: `${type}/delete`,
    handle: ({ azure, id }) =>
      new Response(null, { status: azure.state.resources.delete(id.toLowerCase()) ? 200 : 204 }),
  },
];

/** Those at the scope, those it inherits and those below it; with `atScope()` none below. */
function list({ azure, param, query }: ManagementRequest): JsonObject[] {
  const filter = query.get("$filter");
  if (filter !== null && !/^atScope\(\)$/i.test(filter))
    throw new ManagementError(
      501,
      "NotImplemented",
      `the filter "${filter}" on locks is not emulated, only atScope() is`,
    );
  return [...azure.state.resources.values()]
    .filter((resource) => resource.type === type)
    .filter(({ id }) => {
      const scope = id.slice(0, id.indexOf(`/providers/${type}/`));
      return (
        isAtOrBelow(param("scope"), scope) ||
        (filter === null && isAtOrBelow(scope, param("scope")))
      );
    })
    .map(renderResource);
}

function put(request: ManagementRequest): Response {
  requireScope(request.azure.state, request.param("scope"));
  const given = objectField(request.body, "properties");
  const level = stringField(given, "level") ?? "";
  // The code and text of Azure's refusal are unverified.
  if (level !== "CanNotDelete" && level !== "ReadOnly")
    throw new ManagementError(
      400,
      "LockLevelInvalid",
      `The lock level '${level}' is invalid. The supported levels are 'CanNotDelete,ReadOnly'.`,
    );
  const { resource, created } = putResource(request, type, given);
  return Response.json(renderResource(resource), { status: created ? 201 : 200 });
}

function requireLock(request: ManagementRequest) {
  const name = request.param("lockName");
  if (request.azure.state.resources.has(request.id.toLowerCase())) return requireResource(request);
  throw new ManagementError(404, "LockNotFound", `The lock '${name}' could not be found.`);
}
