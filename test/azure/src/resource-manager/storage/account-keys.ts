import { randomBytes } from "node:crypto";
import { stringField } from "../../base/json.ts";
import type { AccountKey, Resource } from "../../world/resource-records.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { requireTopLevelResource } from "../engine/resource-store.ts";

const type = "Microsoft.Storage/storageAccounts";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{accountName}`;
const names = ["key1", "key2"];

/**
 * The two keys of an account, which it has whether or not it allows them; storage accepts none of them here
 * (https://learn.microsoft.com/rest/api/storagerp/storage-accounts/list-keys).
 */
export const accountKeyOperations: Operation[] = [
  {
    method: "POST",
    path: `${path}/listKeys`,
    action: `${type}/listkeys/action`,
    missing: "Kerberos keys, of which there are none without a directory for files",
    handle: (request) => answer(requireTopLevelResource(request), request),
  },
  {
    method: "POST",
    path: `${path}/regenerateKey`,
    action: `${type}/regeneratekey/action`,
    missing: "Kerberos keys",
    handle: (request) => {
      const account = requireTopLevelResource(request);
      const name = stringField(request.body, "keyName") ?? "";
      requireKeyName(name);
      account.accountKeys = keysOf(account, request).map((key) =>
        key.keyName === name ? newKey(name, request) : key,
      );
      return answer(account, request);
    },
  },
];

function answer(account: Resource, request: ManagementRequest): Response {
  const keys = keysOf(account, request);
  return Response.json({ keys: keys.map((key) => ({ ...key, permissions: "FULL" })) });
}

/** They are made when they are first asked for. */
function keysOf(account: Resource, request: ManagementRequest): readonly AccountKey[] {
  account.accountKeys ??= names.map((name) => newKey(name, request));
  return account.accountKeys;
}

function newKey(keyName: string, { azure }: ManagementRequest): AccountKey {
  const creationTime = new Date(azure.clock.now()).toISOString();
  return { keyName, value: randomBytes(64).toString("base64"), creationTime };
}

/** The text is unverified. */
function requireKeyName(name: string): void {
  if (names.includes(name)) return;
  throw new ManagementError(
    400,
    "InvalidValuesForRequestParameters",
    `Values for request parameters are invalid: keyName. The key '${name}' is none of ${names.join(", ")}.`,
  );
}

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
