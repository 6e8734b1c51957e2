import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { requireParent } from "../engine/resource-store.ts";

const type = "Microsoft.Storage/storageAccounts/fileServices";
const path =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/fileServices/default";

/**
 * File service properties (https://learn.microsoft.com/rest/api/storagerp/file-services), which tools read with the account.
 * There are no files: these are the properties of an account that nobody ever changed, with the soft delete that
 * azure/storage/files/storage-files-enable-soft-delete says new accounts have.
 */
export const fileServiceOperations: Operation[] = [
  {
    method: "GET",
    path,
    action: `${type}/read`,
    missing: "properties that were written, which is answered 501",
    handle: get,
  },
];

function get({ azure, id }: ManagementRequest): Response {
  const accountId = id.slice(0, id.lastIndexOf("/fileServices/"));
  const { sku } = requireParent(azure.state, accountId, "storageAccounts/fileServices");
  const properties = {
    protocolSettings: { smb: {} },
    cors: { corsRules: [] },
    shareDeleteRetentionPolicy: { enabled: true, days: 7 },
  };
  return Response.json({ sku, properties, id, name: "default", type });
}
