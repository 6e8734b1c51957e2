import type { TokenCredential } from "@azure/core-auth";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { ClientAssertionCredential } from "@azure/identity";

export interface ClientAssertionSettings {
  /** The multitenant application's client id. */
  readonly clientId: string;
  /** Origin of the login endpoint. */
  readonly authorityHost: string;
}

/**
 * How to make a credential that presents a managed identity's token to a tenant as the application's
 * client assertion (RFC 7523 section 2.2). Each has MSAL's state to itself: MSAL would otherwise
 * throw while its token is still good and throttle by itself, and it leaks a little with each request.
 */
export function clientAssertionCredential({ clientId, authorityHost }: ClientAssertionSettings) {
  return (tenantId: string, assertion: string, httpClient: HttpClient): TokenCredential =>
    new ClientAssertionCredential(tenantId, clientId, () => Promise.resolve(assertion), {
      authorityHost,
      // The authority is this site's own setting: there is nothing to ask the public cloud about it.
      disableInstanceDiscovery: true,
      httpClient,
      // The cache retries, and knows what it waits for; the SDK would obey any Retry-After.
      retryOptions: { maxRetries: 0 },
    });
}
