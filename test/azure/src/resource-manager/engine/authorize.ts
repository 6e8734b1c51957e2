import type { Azure } from "../../service/azure.ts";
import { isAllowed } from "../../world/access/access.ts";
import type { RoleAssignmentTarget } from "../../world/access/role-assignment-condition.ts";
import type { Caller } from "../../world/tokens/bearer.ts";
import { ManagementError } from "./errors.ts";

/**
 * Throws AuthorizationFailed unless a role of the caller's allows `action` at `scope`. `assignment` is the role
 * assignment being written or deleted, for conditions on that.
 */
export function authorize(
  azure: Azure,
  caller: Caller,
  action: string,
  scope: string,
  assignment?: RoleAssignmentTarget,
): void {
  if (isAllowed(azure, caller, "action", action, scope, assignment)) return;
  throw new ManagementError(
    403,
    "AuthorizationFailed",
    `${client(caller)} does not have ${missing(action)} to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

/**
 * Whoever may not assign a role is told of conditions too, whether one stood in the way or not
 * (learn.microsoft.com/azure/role-based-access-control/troubleshooting, "Unable to assign a role"). What Azure says of
 * deleting an assignment is unverified: as of everything else.
 */
function missing(action: string): string {
  const assigns = action === "Microsoft.Authorization/roleAssignments/write";
  return assigns ? "authorization or an ABAC condition not fulfilled" : "authorization";
}

/**
 * Throws LinkedAuthorizationFailed unless the caller may use another resource that its request names: writing a site
 * is not enough to attach an identity to it.
 */
export function authorizeLinked(
  azure: Azure,
  caller: Caller,
  action: string,
  scope: string,
  linked: { readonly action: string; readonly scope: string },
): void {
  if (isAllowed(azure, caller, "action", linked.action, linked.scope)) return;
  throw new ManagementError(
    403,
    "LinkedAuthorizationFailed",
    `${client(caller)} has permission to perform action '${action}' on scope '${scope}'; however, it does not have permission to perform action(s) '${linked.action}' on the linked scope(s) '${linked.scope}' (respectively) or the linked scope(s) are invalid.`,
  );
}

function client({ appId, objectId }: Caller): string {
  return `The client '${appId}' with object id '${objectId}'`;
}
