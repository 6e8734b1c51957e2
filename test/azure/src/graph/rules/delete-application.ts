import type { Azure } from "../../service/azure.ts";
import type { Application, ServicePrincipal } from "../../world/directory-records.ts";
import { findServicePrincipal } from "../../world/directory/lookup.ts";
import { timestamp } from "../engine/timestamp.ts";

/**
 * Moves an application to the deleted items, and its service principal in its own tenant with it. In other tenants it
 * stays, orphaned: a customer's directory is not the publisher's to change
 * (entra/identity-platform/app-objects-and-service-principals, "Consequences of modifying and deleting applications").
 */
export function deleteApplication(azure: Azure, application: Application): void {
  const { state } = azure;
  const { objectId, tenantId, appId } = application;
  state.applications.delete(objectId);
  application.deletedDateTime = timestamp(azure.clock);
  state.deletedApplications.set(objectId, application);
  const principal = findServicePrincipal(state, tenantId, appId);
  if (principal !== undefined) deletePrincipal(azure, principal);
}

/** Moves a service principal to the deleted items (graph/api/serviceprincipal-delete). */
export function deletePrincipal({ state, clock }: Azure, principal: ServicePrincipal): void {
  state.servicePrincipals.delete(principal.objectId);
  principal.deletedDateTime = timestamp(clock);
  state.deletedServicePrincipals.set(principal.objectId, principal);
}
