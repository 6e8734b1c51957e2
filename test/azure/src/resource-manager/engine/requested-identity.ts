import { isJsonObject, type JsonObject, objectField, stringField } from "../../base/json.ts";
import { ManagementError } from "./errors.ts";
import type { ManagementRequest } from "./operation.ts";
import { fullTypeOf } from "./resource-type.ts";

/** An `identity` that a body asks for. */
interface RequestedIdentity {
  readonly type: string;
  /** Resource ids of the user-assigned identities, none unless the type has them. */
  readonly identityIds: readonly string[];
}

/**
 * `identity` of a PATCH body as a PUT would have it, undefined when the body has none. A PATCH names the user-assigned
 * identities to add and, by null, those to remove; the others stay, so it need not name any (qs-configure-rest-vm, "Remove a
 * user-assigned managed identity from an Azure VM"; `az vm identity remove`; of sites: WebAppMsiHandler of
 * Azure/azure-sdk-for-java).
 */
export function mergeIdentity(body: JsonObject, existing: unknown): JsonObject | undefined {
  if (body["identity"] === undefined) return undefined;
  const given = objectField(body, "identity");
  if (!stringField(given, "type")?.includes("UserAssigned")) return given;
  const held = isJsonObject(existing) ? objectField(existing, "userAssignedIdentities") : {};
  const wanted = new Map<string, readonly [string, unknown]>();
  for (const entry of [held, objectField(given, "userAssignedIdentities")].flatMap(Object.entries))
    wanted.set(entry[0].toLowerCase(), entry);
  const left = [...wanted.values()].filter(([, value]) => value !== null);
  return { ...given, userAssignedIdentities: Object.fromEntries(left) };
}

/**
 * The identity that the body of a PUT, or of a merged PATCH, asks for. Throws CannotSetResourceIdentity for a type that there
 * is not, MissingIdentityIds and FailedIdentityOperation for user-assigned identities that do not go with the type.
 */
export function requestedIdentity({ id, body }: ManagementRequest): RequestedIdentity {
  const given = objectField(body, "identity");
  const type = stringField(given, "type") ?? "None";
  requireIdentityType(id, type);
  const identityIds = Object.keys(objectField(given, "userAssignedIdentities"));
  if (type.includes("UserAssigned")) {
    if (identityIds.length === 0) throw missingIdentityIds();
    return { type, identityIds };
  }
  if (type === "SystemAssigned") refuseIdentityIds(id, given);
  return { type, identityIds: [] };
}

/** Clients write the combination with a space or without one. */
function requireIdentityType(id: string, type: string): void {
  if (/^(?:None|SystemAssigned|UserAssigned|SystemAssigned, ?UserAssigned)$/.test(type)) return;
  throw new ManagementError(
    400,
    "CannotSetResourceIdentity",
    `Resource type '${fullTypeOf(id)}' does not support creation of '${type}' resource identity. The supported types are 'SystemAssigned, UserAssigned'.`,
  );
}

/**
 * Even an empty list is refused (Azure/azure-rest-api-specs issue 17650). Null is no list: azurerm and `az vm identity remove`
 * send it. Nothing is known of a list beside the type None, so that one is ignored.
 */
function refuseIdentityIds(id: string, given: JsonObject): void {
  if ((given["userAssignedIdentities"] ?? undefined) === undefined) return;
  throw failedIdentityOperation(
    id,
    "BadRequest",
    "BadRequest",
    "The request format was unexpected, a non-UserAssigned identity type should not contain: userAssignedIdentities",
  );
}

/**
 * The text says 'UserAssigned' for the combined type too (Azure/bicep issue 6541; of sites: ohadschn/letsencrypt-webapp-renewer
 * pull request 81). That a PATCH which removes the last one gets this answer is unverified: clients change the type instead.
 */
function missingIdentityIds(): ManagementError {
  return new ManagementError(
    400,
    "MissingIdentityIds",
    "The identity ids must not be null or empty for 'UserAssigned' identity type.",
  );
}

/**
 * FailedIdentityOperation, 400: what Resource Manager answers for the resource `id` when the managed identity service refused
 * with `status` and `code` (the envelope in Azure/azure-cli issue 31837).
 */
export function failedIdentityOperation(
  id: string,
  status: string,
  code: string,
  message: string,
): ManagementError {
  const response = JSON.stringify({ error: { code, message } });
  return new ManagementError(
    400,
    "FailedIdentityOperation",
    `Identity operation for resource '${id}' failed with error 'Failed to perform resource identity operation. Status: '${status}'. Response: '${response}'.'.`,
  );
}
