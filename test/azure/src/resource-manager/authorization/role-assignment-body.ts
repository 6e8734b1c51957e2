import { isGuid } from "../../base/guid.ts";
import { type JsonObject, stringField } from "../../base/json.ts";
import type { Azure } from "../../service/azure.ts";
import { isVisible, replicated, type Replicated } from "../../world/consistency.ts";
import type { RoleAssignment } from "../../world/role-records.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest } from "../engine/operation.ts";
import type { DescribedRoleAssignment } from "./render.ts";
import { requireAssignableRole } from "./role-definitions.ts";

/** The role assignment that a PUT asks for. Throws Azure's refusal of a name, principal, role or condition that cannot be. */
export function readRoleAssignment(
  { azure, caller, tenant, id, param }: ManagementRequest,
  properties: JsonObject,
): DescribedRoleAssignment {
  requireName(param("roleAssignmentName"));
  const principalId = requirePrincipalId(properties);
  const roleDefinitionId = requireString(properties, "roleDefinitionId");
  const roleDefinitionGuid = roleDefinitionId.split("/").at(-1)?.toLowerCase() ?? "";
  requireAssignableRole(azure.state, tenant, roleDefinitionGuid, param("scope"));
  if (stringField(properties, "delegatedManagedIdentityResourceId"))
    throw new ManagementError(
      501,
      "NotImplemented",
      "role assignments with a delegatedManagedIdentityResourceId are not emulated",
    );
  const existing: DescribedRoleAssignment | undefined = azure.state.roleAssignments.get(
    id.toLowerCase(),
  );
  const now = new Date(azure.clock.now()).toISOString();
  const condition = readCondition(properties);
  const description = stringField(properties, "description");
  return {
    id,
    tenantId: tenant.tenantId,
    scope: param("scope"),
    principalId,
    principalType: stringField(properties, "principalType") ?? "ServicePrincipal",
    roleDefinitionGuid,
    createdOn: existing?.createdOn ?? now,
    updatedOn: now,
    createdBy: existing?.createdBy ?? caller.objectId,
    updatedBy: caller.objectId,
    ...visibilityOf(existing ?? replicated(azure)),
    ...(condition === undefined ? {} : { condition }),
    ...(description === undefined ? {} : { description }),
  };
}

function requireName(name: string): void {
  if (isGuid(name)) return;
  throw invalid(
    "InvalidRoleAssignmentId",
    `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
  );
}

function requirePrincipalId(properties: JsonObject): string {
  const principalId = requireString(properties, "principalId").toLowerCase();
  if (isGuid(principalId)) return principalId;
  throw invalid(
    "InvalidPrincipalId",
    `The Principal ID '${principalId}' is not valid. Principal ID must be a GUID.`,
  );
}

/**
 * The principal must be one of the subscription's own tenant and of the stated type; the local Azure has service
 * principals only, those of managed identities included
 * (https://learn.microsoft.com/azure/role-based-access-control/troubleshooting, PrincipalNotFound and
 * PrincipalTypeNotSupported).
 */
export function requirePrincipal(
  azure: Azure,
  tenantId: string,
  wanted: RoleAssignment,
  isTypeGiven: boolean,
): void {
  const { state } = azure;
  const { principalId, principalType } = wanted;
  if (state.applications.get(principalId)?.tenantId === tenantId)
    throw invalid(
      "PrincipalTypeNotSupported",
      "Principals of type Application cannot validly be used in role assignments.",
    );
  const principal = state.servicePrincipals.get(principalId);
  // A principal whose type is given is not looked up where it may not have arrived yet.
  const isFound = principal !== undefined && (isTypeGiven || isVisible(azure, principal));
  if (!isFound || principal.tenantId !== tenantId)
    throw invalid(
      "PrincipalNotFound",
      `Principal ${principalId.replaceAll("-", "")} does not exist in the directory ${tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
    );
  if (principalType !== "ServicePrincipal")
    throw invalid(
      "UnmatchedPrincipalType",
      // "PrinciaplType" is how Azure spells it.
      `The PrincipalId '${principalId}' has type 'ServicePrincipal' , which is different from specified PrinciaplType '${principalType}'.`,
    );
}

/** 2.0 is the only version of conditions (rest/api/authorization/role-assignments/create). The refusal's text is unverified. */
function readCondition(properties: JsonObject): string | undefined {
  const condition = stringField(properties, "condition") || undefined;
  const version = stringField(properties, "conditionVersion");
  if (condition === undefined || version === "2.0") return condition;
  throw invalid(
    "InvalidConditionVersion",
    `The condition version '${version ?? ""}' is not valid. The only supported version is '2.0'.`,
  );
}

/** An assignment that is written again stays as visible as it was. */
function visibilityOf({ visibleFrom }: Replicated): Replicated {
  return visibleFrom === undefined ? {} : { visibleFrom };
}

function requireString(properties: JsonObject, name: string): string {
  const value = stringField(properties, name);
  if (value !== undefined) return value;
  throw invalid(
    "InvalidCreateRoleAssignmentRequest",
    `The request to create role assignment is not valid. The property '${name}' is missing.`,
  );
}

function invalid(code: string, message: string): ManagementError {
  return new ManagementError(400, code, message);
}
