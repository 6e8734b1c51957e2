import { rolesAt } from "../../world/access/access.ts";
import type { Operation } from "../engine/operation.ts";

/**
 * What the caller itself may do at a scope (https://learn.microsoft.com/rest/api/authorization/permissions), and deny
 * assignments (https://learn.microsoft.com/rest/api/authorization/deny-assignments), which only Azure makes, and here nobody.
 */
export const permissionOperations: Operation[] = [
  {
    method: "GET",
    path: "{scope}/providers/Microsoft.Authorization/permissions",
    action: "Microsoft.Authorization/permissions/read",
    handle: ({ azure, caller, param }) => {
      const value = rolesAt(azure, caller, param("scope")).map(({ role, condition }) => ({
        actions: role.actions,
        notActions: role.notActions,
        dataActions: role.dataActions,
        notDataActions: role.notDataActions,
        ...(condition === undefined ? {} : { condition, conditionVersion: "2.0" }),
      }));
      return Response.json({ value });
    },
  },
];

export const denyAssignmentOperations: Operation[] = [
  {
    method: "GET",
    path: "{scope}/providers/Microsoft.Authorization/denyAssignments",
    action: "Microsoft.Authorization/denyAssignments/read",
    handle: () => Response.json({ value: [] }),
  },
];
