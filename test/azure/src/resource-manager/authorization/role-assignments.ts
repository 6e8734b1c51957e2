import { objectField, stringField } from "../../base/json.ts";
import type { RoleAssignment } from "../../world/role-records.ts";
import { authorize } from "../engine/authorize.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { requireUnlocked } from "../engine/require-unlocked.ts";
import { requireScope } from "../engine/scope.ts";
import { roleAssignmentFilter } from "./filters.ts";
import { renderRoleAssignment } from "./render.ts";
import { readRoleAssignment, requirePrincipal } from "./role-assignment-body.ts";

const type = "Microsoft.Authorization/roleAssignments";
const path = `{scope}/providers/${type}/{roleAssignmentName}`;

/** Role assignments (https://learn.microsoft.com/rest/api/authorization/role-assignments). */
export const roleAssignmentOperations: Operation[] = [
  {
    method: "GET",
    path: `{scope}/providers/${type}`,
    action: `${type}/read`,
    handle: ({ azure, tenant, param, query }) => {
      const matches = roleAssignmentFilter(param("scope"), query.get("$filter"));
      const assignments = [...azure.state.roleAssignments.values()].filter(
        (assignment) => assignment.tenantId === tenant.tenantId && matches(assignment),
      );
      return Response.json({ value: assignments.map(renderRoleAssignment) });
    },
  },
  {
    method: "GET",
    path,
    action: `${type}/read`,
    handle: (request) => Response.json(renderRoleAssignment(requireAssignment(request))),
  },
  { method: "PUT", path, action: null, handle: put },
  { method: "DELETE", path, action: null, handle: remove },
];

/** The caller's own permission may be limited to some roles and kinds of principal, so the body is looked at first. */
function put(request: ManagementRequest): Response {
  const { azure, caller, tenant, id, param } = request;
  const properties = objectField(request.body, "properties");
  const assignment = readRoleAssignment(request, properties);
  authorize(azure, caller, `${type}/write`, id, assignment);
  const existing = azure.state.roleAssignments.get(id.toLowerCase());
  // Who may not delete an assignment shall not write another role over it. That Azure looks at the old one is unverified.
  if (existing !== undefined) authorize(azure, caller, `${type}/write`, id, existing);
  requireUnlocked(azure.state, "PUT", id);
  requireScope(azure.state, param("scope"));
  const isTypeGiven = stringField(properties, "principalType") !== undefined;
  requirePrincipal(azure, tenant.tenantId, assignment, isTypeGiven);
  if (existing !== undefined && existing.principalId !== assignment.principalId)
    throw new ManagementError(
      400,
      "RoleAssignmentUpdateNotPermitted",
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    );
  refuseDuplicate(request, assignment);
  azure.state.roleAssignments.set(id.toLowerCase(), assignment);
  // 201 for an update too; who created it is told by reads alone (13 of 13 recorded answers).
  const rendered = renderRoleAssignment(assignment);
  const told = { ...objectField(rendered, "properties"), createdBy: null };
  return Response.json({ ...rendered, properties: told }, { status: 201 });
}

function remove({ azure, caller, id }: ManagementRequest): Response {
  const assignment = azure.state.roleAssignments.get(id.toLowerCase());
  authorize(azure, caller, `${type}/delete`, id, assignment ?? "nonexistent");
  requireUnlocked(azure.state, "DELETE", id);
  if (assignment === undefined) return new Response(null, { status: 204 });
  azure.state.roleAssignments.delete(id.toLowerCase());
  return Response.json(renderRoleAssignment(assignment));
}

function requireAssignment({ azure, id, param }: ManagementRequest): RoleAssignment {
  const assignment = azure.state.roleAssignments.get(id.toLowerCase());
  if (assignment !== undefined) return assignment;
  throw new ManagementError(
    404,
    "RoleAssignmentNotFound",
    `The role assignment '${param("roleAssignmentName")}' is not found.`,
  );
}

/** One role is assigned to one principal at one scope once, whatever the assignment's name. */
function refuseDuplicate({ azure, id }: ManagementRequest, wanted: RoleAssignment): void {
  const same = [...azure.state.roleAssignments.values()].find(
    (other) =>
      other.id.toLowerCase() !== id.toLowerCase() &&
      other.scope.toLowerCase() === wanted.scope.toLowerCase() &&
      other.principalId === wanted.principalId &&
      other.roleDefinitionGuid === wanted.roleDefinitionGuid,
  );
  if (same === undefined) return;
  const name = same.id.slice(same.id.lastIndexOf("/") + 1).replaceAll("-", "");
  throw new ManagementError(
    409,
    "RoleAssignmentExists",
    `The role assignment already exists. The ID of the existing role assignment is ${name}.`,
  );
}
