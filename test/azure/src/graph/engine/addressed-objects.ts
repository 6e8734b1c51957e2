import { isVisible } from "../../world/consistency.ts";
import type { Application, ServicePrincipal } from "../../world/directory-records.ts";
import { findApplication, findVisibleServicePrincipal } from "../../world/directory/lookup.ts";
import { notFound } from "./errors.ts";
import type { EntityKey } from "./route-path.ts";
import type { GraphRequest } from "./route.ts";

/** The key behind a collection in the request's path. Throws when the route's template has none: a mistake of ours. */
export function keyOf({ keys }: GraphRequest, collection: string): EntityKey {
  const key = keys.get(collection);
  if (key === undefined) throw new Error(`the route names no key of ${collection}`);
  return key;
}

/** The application that the path names, by id, appId or uniqueName, in the caller's tenant. Throws Graph's 404. */
export function addressedApplication(request: GraphRequest): Application {
  const found = findAddressedApplication(request);
  if (found === undefined) throw notFound(keyOf(request, "applications").value);
  return found;
}

/**
 * As {@link addressedApplication}, but undefined when there is none. Its writer's own key finds it before others see it, so
 * that an upsert does not make it twice.
 */
export function findAddressedApplication(request: GraphRequest): Application | undefined {
  const { applications } = request.azure.state;
  const { tenantId } = request.caller;
  const { name, value } = keyOf(request, "applications");
  const found =
    name === "id"
      ? applications.get(value.toLowerCase())
      : name === "appId"
        ? findApplication(request.azure.state, value)
        : [...applications.values()].find(
            (each) => each.tenantId === tenantId && each.uniqueName === value,
          );
  if (found?.tenantId !== tenantId) return undefined;
  return name === "uniqueName" || isVisible(request.azure, found) ? found : undefined;
}

/** The service principal that the path names, by id or appId, in the caller's tenant. Throws Graph's 404. */
export function addressedPrincipal(request: GraphRequest): ServicePrincipal {
  const found = findAddressedPrincipal(request);
  if (found === undefined) throw notFound(keyOf(request, "servicePrincipals").value);
  return found;
}

/** As {@link addressedPrincipal}, but undefined when there is none. */
export function findAddressedPrincipal({ azure, caller, keys }: GraphRequest) {
  const { name = "id", value = "" } = keys.get("servicePrincipals") ?? {};
  if (name === "appId") return findVisibleServicePrincipal(azure, caller.tenantId, value);
  const found = azure.state.servicePrincipals.get(value.toLowerCase());
  return found?.tenantId === caller.tenantId && isVisible(azure, found) ? found : undefined;
}
