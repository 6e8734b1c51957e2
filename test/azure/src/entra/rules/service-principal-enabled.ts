import type { ServicePrincipal } from "../../world/directory-records.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/**
 * A disabled service principal gets no token: `accountEnabled: false` is the tenant's own kill switch
 * (Microsoft Entra error codes reference, AADSTS7000112; `unauthorized_client` observed, its status unverified).
 */
export function requireEnabled(principal: ServicePrincipal): void {
  if (principal.accountEnabled) return;
  throw new EntraRefusal(
    7000112,
    400,
    "unauthorized_client",
    `Application '${principal.appId}'(${principal.displayName}) is disabled.`,
  );
}
