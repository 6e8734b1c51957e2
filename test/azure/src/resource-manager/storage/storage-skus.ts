import type { JsonObject } from "../../base/json.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { locationName } from "../engine/regions.ts";
import { listResources } from "../engine/resource-store.ts";
import { kindsOf, skus } from "./account-properties.ts";

const provider = "/subscriptions/{subscriptionId}/providers/Microsoft.Storage";
const accounts = "Microsoft.Storage/storageAccounts";

/** What accounts there can be and are (https://learn.microsoft.com/rest/api/storagerp/skus and /usages). */
export const storageSkuOperations: Operation[] = [
  {
    method: "GET",
    path: `${provider}/skus`,
    action: "Microsoft.Storage/skus/read",
    missing: "capabilities, restrictions, and other places than the subscription's",
    handle: ({ tenant }) => Response.json({ value: skus.flatMap(describe(tenant.location)) }),
  },
  {
    method: "GET",
    path: `${provider}/locations/{location}/usages`,
    action: "Microsoft.Storage/locations/usages/read",
    handle: (request) => Response.json({ value: [usage(request)] }),
  },
];

function describe(location: string): (name: string) => JsonObject[] {
  return (name) =>
    kindsOf(name).map((kind) => ({
      resourceType: "storageAccounts",
      name,
      tier: name.startsWith("Premium") ? "Premium" : "Standard",
      kind,
      locations: [locationName(location)],
      capabilities: [],
      restrictions: [],
    }));
}

/** 250 accounts in a region by default (learn.microsoft.com/azure/storage/common/scalability-targets-standard-account). */
function usage({ azure, tenant, param }: ManagementRequest): JsonObject {
  const scope = `/subscriptions/${tenant.subscriptionId}`;
  const here = listResources(azure.state, accounts, scope).filter(
    ({ location }) => locationName(location ?? "") === locationName(param("location")),
  );
  const name = { value: "StorageAccounts", localizedValue: "Storage Accounts" };
  return { unit: "Count", currentValue: here.length, limit: 250, name };
}
