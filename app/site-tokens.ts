import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import {
  clientAssertionCredential,
  createCrossTenantTokens,
  managedIdentityCredential,
  type TokenState,
} from "cross-tenant-tokens";
import type { Settings } from "./env.ts";
import type { StorageTokens } from "./storage/bearer-token.ts";

/** The one scope of Azure Storage, the same in every cloud (learn.microsoft.com "Authorize access to blobs using Microsoft Entra ID"). */
const storageScope = "https://storage.azure.com/.default";

/** The site's tokens for storage, in every tenant it has a target in. */
export interface SiteTokens {
  of(tenantId: string): StorageTokens;
  /** What is known about the token in a tenant. */
  state(tenantId: string): TokenState;
  /** What is known about the managed identity's token. */
  identityState(): TokenState;
  /** Fetches the tokens of the tenants in the background; never rejects. */
  warm(tenantIds: readonly string[]): Promise<void>;
}

/** The tokens of the site that `settings` describe; a valid one is never waited for. */
export function siteTokens(
  settings: Settings,
  httpClient: HttpClient = createDefaultHttpClient(),
): SiteTokens {
  const tokens = createCrossTenantTokens({
    identityCredential: managedIdentityCredential(settings.managedIdentityClientId),
    identityScope: `${settings.exchangeAudience}/.default`,
    tenantCredential: clientAssertionCredential({
      clientId: settings.applicationClientId,
      authorityHost: settings.authorityHost,
    }),
    httpClient,
  });
  return {
    of(tenantId) {
      const credential = tokens.credential(tenantId);
      return {
        async getToken(abortSignal) {
          const options = abortSignal === undefined ? {} : { abortSignal };
          return (await credential.getToken(storageScope, options)).token;
        },
        reject: (token) => tokens.reject(tenantId, storageScope, token),
      };
    },
    state: (tenantId) => tokens.state(tenantId, storageScope),
    identityState: () => tokens.identityState(),
    warm: (tenantIds) => tokens.warm([...new Set(tenantIds)], storageScope),
  };
}
