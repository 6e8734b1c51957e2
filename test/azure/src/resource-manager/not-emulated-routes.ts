import type { Route } from "../service/route.ts";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const managementGroups = "/providers/Microsoft.Management/managementGroups";
const managementGroup = `${managementGroups}/{groupId}/providers/Microsoft.Authorization`;
const site = `${group}/providers/Microsoft.Web/sites/{name}`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts/{accountName}`;

/** Operations near the emulated ones that tools may ask for and that answer 501, so that the support table names them. */
export const notEmulatedRoutes: readonly Route[] = [
  refused("GET", "/providers/{namespace}/operations", "resources/provider-operations-metadata"),
  refused("GET", managementGroups, "managementgroups/management-groups"),
  refused(
    "PUT",
    `${managementGroup}/roleAssignments/{roleAssignmentName}`,
    "authorization/role-assignments",
  ),
  refused(
    "PUT",
    `${managementGroup}/roleDefinitions/{roleDefinitionId}`,
    "authorization/role-definitions",
  ),
  refused(
    "GET",
    "{scope}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances",
    "authorization/role-eligibility-schedule-instances",
  ),
  refused(
    "GET",
    "{scope}/providers/Microsoft.Authorization/roleAssignmentScheduleInstances",
    "authorization/role-assignment-schedule-instances",
  ),
  refused("POST", `${group}/exportTemplate`, "resources/resource-groups"),
  refused(
    "PUT",
    `${group}/providers/Microsoft.Resources/deployments/{name}`,
    "resources/deployments",
  ),
  refused(
    "GET",
    `${group}/providers/Microsoft.Resources/deployments/{name}`,
    "resources/deployments",
  ),
  refused(
    "GET",
    "{scope}/providers/Microsoft.Authorization/policyAssignments",
    "policyauthorization",
  ),
  refused("GET", `${site}/instances`, "appservice/web-apps"),
  refused("GET", `${site}/deployments`, "appservice/web-apps"),
  refused("PUT", `${site}/extensions/onedeploy`, "appservice/web-apps"),
  refused("PUT", `${site}/slots/{slot}`, "appservice/web-apps"),
  refused("PUT", `${account}/fileServices/default`, "storagerp/file-services"),
  refused("POST", `${account}/ListAccountSas`, "storagerp/storage-accounts"),
  refused("GET", `${account}/managementPolicies/default`, "storagerp/management-policies"),
];

function refused(method: Route["method"], path: string, page: string): Route {
  return { method, path, supported: "no", document: `rest/api/${page}`, verified: "document" };
}
