import { initialDomain } from "../world/directory/lookup.ts";
import { keyOf } from "./engine/addressed-objects.ts";
import { notFound, unreadable } from "./engine/errors.ts";
import { READ_ORGANIZATION } from "./engine/permissions.ts";
import type { GraphRequest, GraphRoute } from "./engine/route.ts";
import { answerCollection, answerEntity } from "./odata/answer-entities.ts";
import { organizationType } from "./odata/types.ts";

const common = {
  method: "GET",
  supported: "partly",
  missing: "a display name of its own, licences",
  verified: "document",
  permissions: READ_ORGANIZATION,
} as const;

/** Every token here is an application's. Code and text: msgraph-sdk-php#1163. */
const me = {
  method: "GET",
  supported: "yes",
  permissions: [],
  handle: () => {
    throw unreadable("/me request is only valid with delegated authentication flow.");
  },
} as const;

/** The tenant (graph/api/resources/organization), and `/me`, which no application has. */
export const organizationRoutes: readonly GraphRoute[] = [
  {
    ...common,
    path: "/organization",
    document: "graph/api/organization-list",
    handle: (request) =>
      answerCollection(request, organizationType, "organization", [render(request)]),
  },
  {
    ...common,
    path: "/organization/{id}",
    document: "graph/api/organization-get",
    handle: (request) => {
      const { value } = keyOf(request, "organization");
      if (value.toLowerCase() !== request.caller.tenantId) throw notFound(value);
      return answerEntity(request, organizationType, "organization", render(request));
    },
  },
  { ...me, path: "/me", document: "graph/api/user-get", verified: "observed" },
  {
    ...me,
    path: "/me/ownedObjects",
    document: "graph/api/user-list-ownedobjects",
    verified: "unverified",
  },
];

function render({ caller }: GraphRequest) {
  return {
    id: caller.tenantId,
    deletedDateTime: null,
    displayName: caller.tenantId,
    tenantType: "AAD",
    verifiedDomains: [
      {
        capabilities: "Email, OfficeCommunicationsOnline",
        isDefault: true,
        isInitial: true,
        name: initialDomain(caller.tenantId),
        type: "Managed",
      },
    ],
  };
}
