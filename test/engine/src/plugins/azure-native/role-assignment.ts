import { textOf } from "../../grpc/properties.ts";
import { guid } from "../protocol/automatic-name.ts";
import { armResource, type SegmentNames } from "./arm-resource.ts";
import { callOptions } from "./clients.ts";

/** authorization:RoleAssignment. */
export const roleAssignment = armResource({
  apiVersion: "2022-04-01",
  required: ["principalId", "roleDefinitionId", "scope"],
  optional: [
    "roleAssignmentName",
    "principalType",
    "condition",
    "conditionVersion",
    "delegatedManagedIdentityResourceId",
    "description",
  ],
  outputs: ["createdBy", "createdOn", "systemData", "updatedBy", "updatedOn"],
  replaceOn: ["scope", "roleAssignmentName", "principalId"],
  autoname: guid("roleAssignmentName"),
  pathInputs: ["scope", "roleAssignmentName"],
  id: (_manager, inputs) =>
    `${textOf(inputs, "scope")}/providers/Microsoft.Authorization/roleAssignments/${textOf(inputs, "roleAssignmentName")}`,
  get: async (manager, names) =>
    (await manager.authorization()).roleAssignments.getById(path(names), callOptions(manager)),
  put: async (manager, names, body) =>
    (await manager.authorization()).roleAssignments.createById(
      path(names),
      body,
      callOptions(manager),
    ),
  delete: async (manager, names) =>
    (await manager.authorization()).roleAssignments.deleteById(path(names), callOptions(manager)),
});

// The client puts a slash before the id.
function path(names: SegmentNames): string {
  return names("").replace(/^\//, "");
}
