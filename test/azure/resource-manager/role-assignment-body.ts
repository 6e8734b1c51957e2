import { isGuid } from "../guid.ts";
import type { RoleAssignment, State } from "../state.ts";
import { stringField, type JsonObject } from "./json-object.ts";
import { ManagementError } from "./management-error.ts";
import type { ManagementRequest } from "./operation.ts";
import { requireRoleDefinition } from "./role-definitions.ts";

/** The role assignment that a PUT asks for. Throws Azure's refusal of a name or role that cannot be. */
export function readRoleAssignment(
  { azure, tenant, id, param }: ManagementRequest,
  properties: JsonObject,
): RoleAssignment {
  const name = param("roleAssignmentName");
  if (!isGuid(name))
    throw new ManagementError(
      400,
      "InvalidRoleAssignmentId",
      `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
    );
  const principalId = requireString(properties, "principalId").toLowerCase();
  const roleDefinitionId = requireString(properties, "roleDefinitionId");
  const roleDefinitionGuid = roleDefinitionId.split("/").at(-1)?.toLowerCase() ?? "";
  requireRoleDefinition(azure.state, tenant, roleDefinitionGuid);
  const condition = stringField(properties, "condition");
  return {
    id,
    tenantId: tenant.tenantId,
    scope: param("scope"),
    principalId,
    principalType: stringField(properties, "principalType") ?? "ServicePrincipal",
    roleDefinitionGuid,
    ...(condition === undefined ? {} : { condition }),
  };
}

/**
 * The principal must be one of the subscription's own tenant and of the stated type; the local Azure has service
 * principals only, those of managed identities included
 * (https://learn.microsoft.com/azure/role-based-access-control/troubleshooting, PrincipalNotFound).
 */
export function requirePrincipal(state: State, tenantId: string, wanted: RoleAssignment): void {
  const { principalId, principalType } = wanted;
  const principal = state.servicePrincipals.get(principalId);
  if (principal?.tenantId !== tenantId)
    throw new ManagementError(
      400,
      "PrincipalNotFound",
      `Principal ${principalId.replaceAll("-", "")} does not exist in the directory ${tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
    );
  if (principalType !== "ServicePrincipal")
    throw new ManagementError(
      400,
      "UnmatchedPrincipalType",
      // "PrinciaplType" is how Azure spells it.
      `The PrincipalId '${principalId}' has type 'ServicePrincipal' , which is different from specified PrinciaplType '${principalType}'.`,
    );
}

function requireString(properties: JsonObject, name: string): string {
  const value = stringField(properties, name);
  if (value !== undefined) return value;
  throw new ManagementError(
    400,
    "InvalidCreateRoleAssignmentRequest",
    `The request to create role assignment is not valid. The property '${name}' is missing.`,
  );
}
