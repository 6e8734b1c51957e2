import { isVisible } from "../consistency.ts";
import type { Application, ServicePrincipal } from "../directory-records.ts";
import type { State } from "../state.ts";
import type { World } from "../world.ts";

/** The application with a client id, in whichever tenant; undefined when none or when it is deleted. */
export function findApplication(state: State, appId: string): Application | undefined {
  const wanted = appId.toLowerCase();
  return [...state.applications.values()].find((application) => application.appId === wanted);
}

/** As {@link findApplication}, but undefined until everybody sees it. */
export function findVisibleApplication(azure: World, appId: string): Application | undefined {
  const application = findApplication(azure.state, appId);
  return application !== undefined && isVisible(azure, application) ? application : undefined;
}

/** An application's or managed identity's service principal in one tenant, whether or not others see it already. */
export function findServicePrincipal(
  state: State,
  tenantId: string,
  appId: string,
): ServicePrincipal | undefined {
  const wanted = appId.toLowerCase();
  return [...state.servicePrincipals.values()].find(
    (principal) => principal.appId === wanted && principal.tenantId === tenantId,
  );
}

/** As {@link findServicePrincipal}, but undefined until everybody sees it. */
export function findVisibleServicePrincipal(
  azure: World,
  tenantId: string,
  appId: string,
): ServicePrincipal | undefined {
  const principal = findServicePrincipal(azure.state, tenantId, appId);
  return principal !== undefined && isVisible(azure, principal) ? principal : undefined;
}

/** The verified domain that every tenant is created with. Seeds have no names for tenants, so the local Azure's hold the id. */
export function initialDomain(tenantId: string): string {
  return `${tenantId.replaceAll("-", "")}.onmicrosoft.com`;
}

/** The id of the tenant that a path names by its GUID or a verified domain, in any case; undefined when there is none. */
export function findTenantId(state: State, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return [...state.tenants.keys()].find(
    (tenantId) => tenantId === wanted || initialDomain(tenantId) === wanted,
  );
}
