import type { Application, ServicePrincipal, State } from "./state.ts";

/** The application with a client id, in whichever tenant; undefined when none or when it is deleted. */
export function findApplication(state: State, appId: string): Application | undefined {
  const wanted = appId.toLowerCase();
  return [...state.applications.values()].find((application) => application.appId === wanted);
}

/** An application's or managed identity's service principal in one tenant. */
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
