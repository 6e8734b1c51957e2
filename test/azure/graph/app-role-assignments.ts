import { createHash } from "node:crypto";
import { derivedGuid } from "../guid.ts";
import type { ServicePrincipal } from "../state.ts";
import { addressedPrincipal } from "./addressed-objects.ts";
import type { GraphRoute } from "./graph-route.ts";
import { answerCollection } from "./odata/answer-entities.ts";
import { appRoleAssignmentType } from "./odata/app-role-assignment-type.ts";
import { READ } from "./permissions.ts";

/** Ids of Microsoft Graph's application permissions (graph/permissions-reference). */
const APP_ROLE_IDS: Readonly<Record<string, string>> = {
  "Application.Read.All": "9a5d68dd-52b0-4cc2-bd40-abcf463ac420",
  "Application.ReadWrite.All": "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
  "Application.ReadWrite.OwnedBy": "18a4783c-866b-4cc7-a460-3d5e5662c884",
  "Directory.Read.All": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
  "Organization.Read.All": "498476ce-e0fe-48b0-b801-37ba7e2685c6",
};

/** The application permissions that a service principal was granted (graph/api/resources/approleassignment). */
export const appRoleAssignmentRoutes: readonly GraphRoute[] = [
  {
    method: "GET",
    path: "/servicePrincipals/{id|appId}/appRoleAssignments",
    document: "graph/api/serviceprincipal-list-approleassignments",
    supported: "partly",
    missing:
      "the service principal that resourceId names, roles of other APIs than Microsoft Graph",
    verified: "document",
    permissions: READ,
    handle: (request) => {
      const principal = addressedPrincipal(request);
      const context = `servicePrincipals('${principal.objectId}')/appRoleAssignments`;
      const shown = principal.graphPermissions.map((role) => render(principal, role));
      return answerCollection(request, appRoleAssignmentType, context, shown);
    },
  },
];

/** The ids, which a real tenant chooses at random, are derived from what they stand for, so that they stay. */
function render(principal: ServicePrincipal, role: string) {
  return {
    id: createHash("sha256").update(`${principal.objectId}${role}`).digest("base64url"),
    deletedDateTime: null,
    appRoleId: APP_ROLE_IDS[role] ?? derivedGuid(role),
    createdDateTime: principal.createdDateTime,
    principalDisplayName: principal.displayName,
    principalId: principal.objectId,
    principalType: "ServicePrincipal",
    resourceDisplayName: "Microsoft Graph",
    resourceId: derivedGuid(`${principal.tenantId}/Microsoft Graph`),
  };
}
