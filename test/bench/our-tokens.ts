import type { HttpClient } from "@azure/core-rest-pipeline";
import { clientAssertionCredential } from "../../app/token/src/client-assertion.ts";
import {
  createCrossTenantTokens,
  type CrossTenantTokens,
} from "../../app/token/src/cross-tenant-tokens.ts";
import { managedIdentityCredential } from "../../app/token/src/managed-identity.ts";
import { applicationClientId, identityScope, managedIdentityClientId } from "./ids.ts";

/** The site's own tokens, put together as app/main.ts does it. */
export function ourTokens(authorityHost: string, httpClient: HttpClient): CrossTenantTokens {
  return createCrossTenantTokens({
    identityCredential: managedIdentityCredential(managedIdentityClientId),
    identityScope,
    tenantCredential: clientAssertionCredential({ clientId: applicationClientId, authorityHost }),
    httpClient,
  });
}
