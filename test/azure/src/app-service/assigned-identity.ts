import type { ServicePrincipal } from "../world/directory-records.ts";
import { systemAssigned, userAssigned } from "../world/directory/host-identities.ts";
import type { Resource } from "../world/resource-records.ts";
import type { State } from "../world/state.ts";

/** A request for a token that the identity endpoint refuses with 400; the message is Azure's. */
export class IdentityRefused extends Error {}

/** How the identity endpoint's callers name an identity, by api-version. `object_id` is an alias of `principal_id`. */
const SELECTORS = {
  "2019-08-01": ["client_id", "principal_id", "object_id", "mi_res_id"],
  "2017-09-01": ["clientid"],
} as const;

export type IdentityApiVersion = keyof typeof SELECTORS;

/**
 * The service principal of the identity that a token request selects among those assigned to the site; without a
 * selector it is the system-assigned one, never a user-assigned one
 * (https://learn.microsoft.com/azure/app-service/overview-managed-identity). Throws IdentityRefused.
 */
export function assignedIdentity(
  state: State,
  site: Resource,
  query: URLSearchParams,
  version: IdentityApiVersion,
): ServicePrincipal {
  const [selector, another] = SELECTORS[version].filter((name) => query.has(name));
  if (another !== undefined)
    // Azure's text is not known.
    throw new IdentityRefused(
      `The parameters '${selector}' and '${another}' are mutually exclusive.`,
    );
  if (selector === undefined) {
    const principal = systemAssigned(state, site);
    if (principal !== undefined) return principal;
    throw new IdentityRefused("Unable to load the proper Managed Identity.");
  }
  const wanted = (query.get(selector) ?? "").toLowerCase();
  const found = userAssigned(state, site).find(({ resourceId, principal }) => {
    if (selector === "client_id" || selector === "clientid") return principal.appId === wanted;
    if (selector === "mi_res_id") return resourceId.toLowerCase() === wanted;
    return principal.objectId === wanted;
  });
  if (found !== undefined) return found.principal;
  throw new IdentityRefused(NOT_FOUND[version]);
}

/** Both observed. */
const NOT_FOUND = {
  "2019-08-01":
    "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.",
  "2017-09-01": "No MSI found for specified ClientId/ResourceId.",
};
