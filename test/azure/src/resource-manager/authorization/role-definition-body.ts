import { isGuid } from "../../base/guid.ts";
import { type JsonObject, objectField, objectListField, stringField } from "../../base/json.ts";
import type { RoleDefinition } from "../../world/role-records.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest } from "../engine/operation.ts";
import type { DescribedRoleDefinition } from "./render.ts";
import { type OperationList, requireOperation } from "./require-operation.ts";

const operationLists: readonly OperationList[] = [
  "actions",
  "notActions",
  "dataActions",
  "notDataActions",
];

/**
 * The custom role that a PUT asks for (learn.microsoft.com/azure/role-based-access-control/custom-roles). Throws the
 * first refusal; texts of those not said to be observed are unverified.
 */
export function readCustomRole(
  { azure, caller, tenant, body, param }: ManagementRequest,
  existing: DescribedRoleDefinition | undefined,
): DescribedRoleDefinition {
  const guid = param("roleDefinitionId").toLowerCase();
  if (!isGuid(guid))
    throw invalid(
      "InvalidRoleDefinitionId",
      `The role definition ID '${guid}' is not valid. The role definition ID must be a GUID.`,
    );
  const properties = objectField(body, "properties");
  requireCustom(properties);
  const now = new Date(azure.clock.now()).toISOString();
  const description = stringField(properties, "description");
  return {
    id: `/subscriptions/${tenant.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    roleName: readName(properties),
    ...readPermission(properties),
    assignableScopes: readAssignableScopes(properties),
    ...(description === undefined ? {} : { description }),
    createdOn: existing?.createdOn ?? now,
    updatedOn: now,
    createdBy: existing?.createdBy ?? caller.objectId,
    updatedBy: caller.objectId,
  };
}

function requireCustom(properties: JsonObject): void {
  const type = stringField(properties, "type") ?? "CustomRole";
  if (type.toLowerCase() === "customrole") return;
  throw invalid("InvalidRoleDefinitionType", `The role definition type '${type}' is not valid.`);
}

function readName(properties: JsonObject): string {
  const name = stringField(properties, "roleName") ?? "";
  if (name !== "" && name.length <= 512) return name;
  throw invalid(
    "InvalidRoleDefinitionName",
    `The role definition name '${name}' is not valid. It must have 1 to 512 characters.`,
  );
}

/** Azure takes one permission, although built-in roles have several (Azure PowerShell's AuthorizationClient.ValidateRoleDefinition). */
function readPermission(properties: JsonObject): Pick<RoleDefinition, OperationList> {
  const [permission = {}, another] = objectListField(properties, "permissions") ?? [];
  if (another !== undefined)
    throw invalid(
      "InvalidRoleDefinitionPermissions",
      "A custom role cannot have more than one permission entry.",
    );
  if (permission["condition"])
    throw new ManagementError(
      501,
      "NotImplemented",
      "custom roles with a condition in their permission are not emulated",
    );
  const [actions = [], notActions = [], dataActions = [], notDataActions = []] = operationLists.map(
    (name) => readOperations(permission, name),
  );
  return { actions, notActions, dataActions, notDataActions };
}

function readOperations(permission: JsonObject, list: OperationList): string[] {
  const operations = readStrings(permission, list);
  for (const operation of operations) requireOperation(list, operation);
  return operations;
}

function readAssignableScopes(properties: JsonObject): string[] {
  const scopes = readStrings(properties, "assignableScopes");
  if (scopes.length === 0)
    throw invalid("InvalidAssignableScopes", "A custom role needs at least one assignable scope.");
  for (const scope of scopes) requireScopeForm(scope);
  return scopes;
}

function requireScopeForm(scope: string): void {
  if (/^\/subscriptions\/[^/]+(?:\/resourceGroups\/[^/]+(?:\/providers\/.+)?)?$/i.test(scope))
    return;
  if (/^\/providers\/Microsoft\.Management\/managementGroups\//i.test(scope))
    throw new ManagementError(
      501,
      "NotImplemented",
      `the assignable scope '${scope}' is not emulated: there are no management groups`,
    );
  throw invalid(
    "InvalidAssignableScopes",
    `The assignable scope '${scope}' is not valid. It must be a management group, a subscription or a resource group.`,
  );
}

function readStrings(object: JsonObject, name: string): string[] {
  const value = object[name] ?? [];
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  throw invalid(
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: ''${name}' must be a list of strings'.`,
  );
}

function invalid(code: string, message: string): ManagementError {
  return new ManagementError(400, code, message);
}
