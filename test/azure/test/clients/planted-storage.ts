import type { Tenant } from "../../src/world/directory-records.ts";
import type { Resource } from "../../src/world/resource-records.ts";
import type { State } from "../../src/world/state.ts";

/** Adds a storage account without shared key, and a container in it, to a tenant's subscription; returns the container. */
export function addContainer(
  state: State,
  { tenantId, subscriptionId, location }: Tenant,
  accountName: string,
  containerName: string,
): Resource {
  const add = (resource: Resource): Resource => {
    state.resources.set(resource.id.toLowerCase(), resource);
    return resource;
  };
  const group = add({
    id: `/subscriptions/${subscriptionId}/resourceGroups/clients`,
    name: "clients",
    type: "Microsoft.Resources/resourceGroups",
    tenantId,
    subscriptionId,
    location,
    properties: { provisioningState: "Succeeded" },
  });
  const account = add({
    id: `${group.id}/providers/Microsoft.Storage/storageAccounts/${accountName}`,
    name: accountName,
    type: "Microsoft.Storage/storageAccounts",
    tenantId,
    subscriptionId,
    location,
    properties: { allowSharedKeyAccess: false, provisioningState: "Succeeded" },
  });
  return add({
    id: `${account.id}/blobServices/default/containers/${containerName}`,
    name: containerName,
    type: "Microsoft.Storage/storageAccounts/blobServices/containers",
    tenantId,
    subscriptionId,
    properties: { publicAccess: "None" },
  });
}
