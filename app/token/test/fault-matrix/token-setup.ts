import { randomUUID } from "node:crypto";
import { clientAssertionCredential } from "../../src/client-assertion.ts";
import { createCrossTenantTokens, type CrossTenantTokens } from "../../src/cross-tenant-tokens.ts";
import { managedIdentityCredential } from "../../src/managed-identity.ts";
import type { PacedClock } from "./paced-clock.ts";
import type { Upstream } from "./upstream.ts";

export const tenant = "00000000-0000-4000-8000-00000000000b";
export const scope = "https://storage.azure.com/.default";

/**
 * The module with the credentials the site gives it. MSAL keeps tokens in static fields: each call
 * is of an identity that it has never heard of.
 */
export function tokensFrom(upstream: Upstream, clock: PacedClock): CrossTenantTokens {
  return createCrossTenantTokens({
    identityCredential: managedIdentityCredential(randomUUID()),
    identityScope: "api://AzureADTokenExchange/.default",
    tenantCredential: clientAssertionCredential({
      clientId: "aaaaaaaa-0000-4000-8000-00000000000a",
      authorityHost: upstream.authorityHost,
    }),
    httpClient: upstream.client,
    clock,
    // The longest of all random pauses, so that the table says "at most".
    random: () => 1,
  });
}
