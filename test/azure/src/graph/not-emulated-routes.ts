import type { GraphRoute } from "./engine/route.ts";

const refused = { supported: "no", verified: "document" } as const;

/**
 * Routes around applications and service principals that Graph has and that answer 501 here, so that the support table names
 * them. Secrets and certificates stay out for good: what this project proves works without any.
 */
export const notEmulatedRoutes: readonly GraphRoute[] = [
  ...(["addPassword", "removePassword", "addKey", "removeKey"] as const).flatMap(
    (action): GraphRoute[] => [
      {
        ...refused,
        method: "POST",
        path: `/applications/{id|appId|uniqueName}/${action}`,
        document: `graph/api/application-${action.toLowerCase()}`,
      },
      {
        ...refused,
        method: "POST",
        path: `/servicePrincipals/{id|appId}/${action}`,
        document: `graph/api/serviceprincipal-${action.toLowerCase()}`,
      },
    ],
  ),
  {
    ...refused,
    method: "GET",
    path: "/applications/delta",
    document: "graph/api/application-delta",
  },
  {
    ...refused,
    method: "GET",
    path: "/servicePrincipals/delta",
    document: "graph/api/serviceprincipal-delta",
  },
  {
    ...refused,
    method: "GET",
    path: "/applications/{id|appId|uniqueName}/extensionProperties",
    document: "graph/api/application-list-extensionproperty",
  },
  { ...refused, method: "GET", path: "/users", document: "graph/api/user-list" },
  { ...refused, method: "GET", path: "/groups", document: "graph/api/group-list" },
];
