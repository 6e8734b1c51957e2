import type { HttpClient } from "@azure/core-rest-pipeline";
import {
  clientAssertionCredential,
  createCrossTenantTokens,
  managedIdentityCredential,
  type CrossTenantTokens,
} from "cross-tenant-tokens";
import { applicationClientId, identityScope, managedIdentityClientId } from "./ids.ts";

/** The site's own tokens, put together as app/site-tokens.ts does it. */
export function ourTokens(authorityHost: string, httpClient: HttpClient): CrossTenantTokens {
  return createCrossTenantTokens({
    identityCredential: managedIdentityCredential(managedIdentityClientId),
    identityScope,
    tenantCredential: clientAssertionCredential({ clientId: applicationClientId, authorityHost }),
    httpClient,
  });
}
