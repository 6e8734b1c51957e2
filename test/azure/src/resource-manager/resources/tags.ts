import { type JsonObject, objectField, stringField, stringMapField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { requireResource, requireResourceGroup } from "../engine/resource-store.ts";
import { subscriptionTagHolder, tagHolders } from "./tag-holders.ts";

const type = "Microsoft.Resources/tags";
const path = `{scope}/providers/${type}/default`;

/** All tags of a subscription, resource group or resource at once (https://learn.microsoft.com/rest/api/resources/tags). */
export const tagOperations: Operation[] = [
  { method: "GET", path, action: `${type}/read`, handle: (request) => render(request) },
  {
    method: "PUT",
    path,
    action: `${type}/write`,
    handle: (request) => write(request, () => givenTags(request)),
  },
  { method: "PATCH", path, action: `${type}/write`, handle: patch },
  {
    method: "DELETE",
    path,
    action: `${type}/delete`,
    handle: (request) => {
      write(request, () => ({}));
      return new Response(null, { status: 200 });
    },
  },
];

/** Merge adds and changes, Delete takes away what has the same name and value, Replace is a PUT. */
function patch(request: ManagementRequest): Response {
  const operation = stringField(request.body, "operation") ?? "";
  return write(request, (held) => {
    const given = givenTags(request);
    switch (operation) {
      case "Replace":
        return given;
      case "Merge":
        return { ...held, ...given };
      case "Delete":
        return Object.fromEntries(
          Object.entries(held).filter(([name, value]) => given[name] !== value),
        );
      default:
        // The code and text of Azure's refusal are unverified.
        throw new ManagementError(
          400,
          "InvalidTagsPatchOperation",
          `The operation '${operation}' is invalid. The supported operations are 'Replace,Merge,Delete'.`,
        );
    }
  });
}

function write(
  request: ManagementRequest,
  change: (held: Record<string, string>) => Record<string, string>,
): Response {
  const holder = requireHolder(request);
  holder.tags = change(holder.tags ?? {});
  return render(request);
}

function render(request: ManagementRequest): Response {
  const tags = requireHolder(request).tags ?? {};
  return Response.json({ id: request.id, name: "default", type, properties: { tags } });
}

function givenTags({ body }: ManagementRequest): Record<string, string> {
  const properties: JsonObject = objectField(body, "properties");
  return stringMapField(properties, "tags") ?? {};
}

function requireHolder(request: ManagementRequest): Resource {
  const scope = request.param("scope");
  if (/^\/subscriptions\/[^/]+$/i.test(scope))
    return subscriptionTagHolder(request.azure.state, request.tenant);
  const isGroup = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(scope);
  if (isGroup) return requireResourceGroup(request.azure.state, scope);
  return requireResource({ ...request, id: scope });
}

/** Which tags a subscription has, and how often (https://learn.microsoft.com/rest/api/resources/tags/list). */
export const tagNameOperations: Operation[] = [
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/tagNames",
    action: "Microsoft.Resources/subscriptions/tagNames/read",
    missing: "names that were created in advance",
    handle: (request) => Response.json({ value: list(request) }),
  },
];

function list({ azure, id, param }: ManagementRequest): JsonObject[] {
  const scope = `/subscriptions/${param("subscriptionId")}`;
  const found = tagHolders(azure.state, scope).flatMap(({ tags = {} }) => Object.entries(tags));
  const names = Map.groupBy(found, ([name]) => name.toLowerCase());
  return [...names.values()].map((held) => {
    const [[tagName] = [""]] = held;
    const values = Map.groupBy(held, ([, value]) => value);
    return {
      id: `${id}/${tagName}`,
      tagName,
      count: total(held),
      values: [...values].map(([tagValue, same]) => ({
        id: `${id}/${tagName}/tagValues/${tagValue}`,
        tagValue,
        count: total(same),
      })),
    };
  });
}

function total(held: readonly unknown[]): JsonObject {
  return { type: "Total", value: held.length };
}
