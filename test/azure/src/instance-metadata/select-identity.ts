import type { ServicePrincipal } from "../world/directory-records.ts";
import { systemAssigned, userAssigned } from "../world/directory/host-identities.ts";
import type { Resource } from "../world/resource-records.ts";
import type { State } from "../world/state.ts";
import { MetadataError } from "./errors.ts";

/**
 * How a token request names an identity (how-to-use-vm-token). The last one is App Service's, which the instance metadata
 * service observes too (azure-sdk-for-java#39458); MSAL for Java sends it.
 */
const SELECTORS = ["object_id", "client_id", "msi_res_id", "mi_res_id"] as const;

/**
 * The service principal of the identity that a token request names among the virtual machine's. Without a name it is the
 * system-assigned one if enabled, else the only user-assigned one (managed-identities-faq). Throws MetadataError.
 */
export function selectIdentity(
  state: State,
  machine: Resource,
  query: URLSearchParams,
): ServicePrincipal {
  const [selector, another] = SELECTORS.filter((name) => query.has(name));
  if (another !== undefined)
    // That they exclude each other is documented for App Service; the text is not known.
    throw new MetadataError(
      "invalid_request",
      `The parameters '${selector}' and '${another}' are mutually exclusive.`,
    );
  if (selector === undefined) return defaultIdentity(state, machine);
  const wanted = (query.get(selector) ?? "").toLowerCase();
  const own = systemAssigned(state, machine);
  const shared = userAssigned(state, machine);
  const principals = [...(own === undefined ? [] : [own]), ...shared.map((s) => s.principal)];
  const byResourceId = () =>
    shared.find(({ resourceId }) => resourceId.toLowerCase() === wanted)?.principal;
  const found = {
    object_id: () => principals.find(({ objectId }) => objectId === wanted),
    client_id: () => principals.find(({ appId }) => appId === wanted),
    msi_res_id: byResourceId,
    mi_res_id: byResourceId,
  }[selector]();
  if (found === undefined) throw notFound();
  return found;
}

function defaultIdentity(state: State, machine: Resource): ServicePrincipal {
  const own = systemAssigned(state, machine);
  if (own !== undefined) return own;
  const [only, another] = userAssigned(state, machine);
  if (only === undefined) throw notFound();
  if (another === undefined) return only.principal;
  throw new MetadataError(
    "invalid_request",
    "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request",
  );
}

/** Text observed. */
function notFound(): MetadataError {
  return new MetadataError("invalid_request", "Identity not found");
}
