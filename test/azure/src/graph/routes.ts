import { appRoleAssignmentRoutes } from "./app-role-assignments.ts";
import { applicationRoutes } from "./applications.ts";
import { batchRoutes } from "./batch.ts";
import { deletedItemRoutes } from "./deleted-items.ts";
import { directoryObjectRoutes } from "./directory-objects.ts";
import { domainRoutes } from "./domains.ts";
import type { GraphRoute } from "./engine/route.ts";
import { federatedCredentialRoutes } from "./federated-credentials.ts";
import { notEmulatedRoutes } from "./not-emulated-routes.ts";
import { organizationRoutes } from "./organization.ts";
import { ownerRoutes } from "./owners.ts";
import { servicePrincipalRoutes } from "./service-principals.ts";

/** Every route of the local Graph. The first that matches answers, so those with a fixed last segment come first. */
export const graphRoutes: readonly GraphRoute[] = [
  ...notEmulatedRoutes,
  ...applicationRoutes,
  ...federatedCredentialRoutes,
  ...servicePrincipalRoutes,
  ...appRoleAssignmentRoutes,
  ...ownerRoutes,
  ...deletedItemRoutes,
  ...directoryObjectRoutes,
  ...organizationRoutes,
  ...domainRoutes,
  ...batchRoutes,
];
