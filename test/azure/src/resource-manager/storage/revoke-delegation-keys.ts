import type { Operation } from "../engine/operation.ts";
import { requireTopLevelResource } from "../engine/require-top-level-resource.ts";

const type = "Microsoft.Storage/storageAccounts";

/**
 * Revoke User Delegation Keys (https://learn.microsoft.com/rest/api/storagerp/storage-accounts/revoke-user-delegation-keys): no
 * signature made with a key that storage has given out so far is valid any more. On Azure that takes a while; here it is done
 * at once.
 */
export const revokeDelegationKeys: Operation = {
  method: "POST",
  path: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{accountName}/revokeUserDelegationKeys`,
  action: `${type}/revokeUserDelegationKeys/action`,
  handle(request) {
    const { state } = request.azure;
    const id = requireTopLevelResource(request).id.toLowerCase();
    state.delegationKeyRevocations.set(id, (state.delegationKeyRevocations.get(id) ?? 0) + 1);
    return new Response(null, { status: 200 });
  },
};
