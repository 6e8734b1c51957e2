import { type EntityType, filterable, shown } from "./entity-type.ts";

/** learn.microsoft.com/graph/api/resources/approleassignment. */
export const appRoleAssignmentType: EntityType = {
  name: "appRoleAssignment",
  resource: "AppRoleAssignment",
  properties: {
    id: shown("text"),
    deletedDateTime: shown("time"),
    appRoleId: shown("text"),
    createdDateTime: shown("time"),
    principalDisplayName: shown("text"),
    principalId: shown("text"),
    principalType: shown("text"),
    resourceDisplayName: shown("text"),
    resourceId: filterable("text", "eq"),
  },
};
