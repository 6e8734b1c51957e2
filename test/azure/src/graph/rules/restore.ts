import type { Application, ServicePrincipal } from "../../world/directory-records.ts";
import { findApplication, findServicePrincipal } from "../../world/directory/lookup.ts";
import type { State } from "../../world/state.ts";
import { objectConflict } from "../engine/errors.ts";
import { requireOwnIdentifiers } from "./application-body.ts";
import { refuseSecond, requireBackingApplication } from "./create-service-principal.ts";

/**
 * Restores an application with its credentials, and its own tenant's service principal with it (entra/identity/
 * enterprise-apps/delete-recover-faq; said of the admin center, for Graph unverified). What has taken its uniqueName or an
 * identifier URI meanwhile stands in the way; code and text of that are unverified.
 */
export function restoreApplication(state: State, application: Application): void {
  const { objectId, tenantId, appId, uniqueName } = application;
  requireOwnIdentifiers(state, application, application.settings["identifierUris"]);
  const sameName = [...state.applications.values()].some(
    (other) => other.tenantId === tenantId && other.uniqueName === uniqueName,
  );
  if (uniqueName !== undefined && sameName) throw objectConflict("uniqueName");
  state.deletedApplications.delete(objectId);
  delete application.deletedDateTime;
  state.applications.set(objectId, application);
  const principals = [...state.deletedServicePrincipals.values()];
  const principal = principals.findLast((p) => p.appId === appId && p.tenantId === tenantId);
  if (principal !== undefined && findServicePrincipal(state, tenantId, appId) === undefined) {
    revive(state, principal);
  }
}

/** A service principal cannot be restored without its application (howto-restore-app; code and text unverified). */
export function restorePrincipal(state: State, principal: ServicePrincipal): void {
  const { tenantId, appId } = principal;
  requireBackingApplication(findApplication(state, appId), appId, tenantId);
  refuseSecond(state, tenantId, appId);
  revive(state, principal);
}

function revive(
  { deletedServicePrincipals, servicePrincipals }: State,
  item: ServicePrincipal,
): void {
  deletedServicePrincipals.delete(item.objectId);
  delete item.deletedDateTime;
  servicePrincipals.set(item.objectId, item);
}
