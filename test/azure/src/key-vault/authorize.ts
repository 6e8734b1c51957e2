import { isJsonObject } from "../base/json.ts";
import type { Azure } from "../service/azure.ts";
import { isAllowed } from "../world/access/access.ts";
import type { Resource } from "../world/resource-records.ts";
import type { Caller } from "../world/tokens/bearer.ts";
import { VaultError } from "./errors.ts";

/** Throws for a vault that takes no requests from the public network, which is the only network here. */
export function requirePublicNetwork(vault: Resource, caller: Caller): void {
  const { publicNetworkAccess, networkAcls } = vault.properties;
  if (!isUnsetOr("enabled", publicNetworkAccess))
    throw new VaultError(
      403,
      "Forbidden",
      `Public network access is disabled and request is not from a trusted service nor via an approved private link.\r\nCaller: ${describe(caller)}\r\nVault: ${place(vault)}`,
      { innerCode: "ForbiddenByConnection" },
    );
  const action = isJsonObject(networkAcls) ? networkAcls["defaultAction"] : undefined;
  if (isUnsetOr("allow", action)) return;
  throw new VaultError(
    403,
    "Forbidden",
    `Client address is not authorized and caller is not a trusted service.\r\nClient address: 127.0.0.1\r\nCaller: ${describe(caller)}\r\nVault: ${place(vault)}`,
    { innerCode: "ForbiddenByFirewall" },
  );
}

/** Throws unless a role of the caller's has the data action at the secret, the vault or above. */
export function authorizeVaultRequest(
  azure: Azure,
  caller: Caller,
  vault: Resource,
  dataAction: string,
  scope: string,
): void {
  if (isAllowed(azure, caller, "dataAction", dataAction, scope)) return;
  throw new VaultError(
    403,
    "Forbidden",
    [
      "Caller is not authorized to perform action on resource.",
      "If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.",
      `Caller: ${describe(caller)}`,
      `Action: '${dataAction}'`,
      `Resource: '${scope.toLowerCase()}'`,
      "Assignment: (not found)",
      "DenyAssignmentId: null",
      "DecisionReason: 'DeniedWithNoValidRBAC' ",
      `Vault: ${place(vault)}`,
      "",
    ].join("\r\n"),
    { innerCode: "ForbiddenByRbac" },
  );
}

function isUnsetOr(open: string, value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === "string" && value.toLowerCase() === open)
  );
}

function describe({ appId, objectId, claims }: Caller): string {
  return `appid=${appId};oid=${objectId};iss=${claims.iss}`;
}

function place({ name, location }: Resource): string {
  return `${name};location=${location}`;
}
