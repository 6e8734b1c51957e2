import type { JsonObject } from "../../base/json.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { tagHolders } from "./tag-holders.ts";

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
