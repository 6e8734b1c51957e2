import type { AccessToken } from "@azure/core-auth";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { ClientAssertionCredential } from "@azure/identity";
import { abortingWith } from "./abortable-client.ts";
import { describeRefusal } from "./describe-refusal.ts";

export interface ExchangeSettings {
  /** The multitenant application's client id. */
  readonly clientId: string;
  /** Origin of the login endpoint. */
  readonly authorityHost: string;
  /** The resource's scope, ending in "/.default". */
  readonly scope: string;
  readonly httpClient: HttpClient;
}

/**
 * Presents `assertion`, a managed identity token, to `tenantId` as the application's client
 * assertion (RFC 7523 section 2.2) and returns that tenant's token; rejects with a TokenError.
 * Each call makes a new credential: MSAL would otherwise answer from its own cache, throw while its
 * token is still good and throttle by itself, and it leaks a little with each request.
 */
export async function exchangeAssertion(
  settings: ExchangeSettings,
  tenantId: string,
  assertion: string,
  signal: AbortSignal,
): Promise<AccessToken> {
  const credential = new ClientAssertionCredential(
    tenantId,
    settings.clientId,
    () => Promise.resolve(assertion),
    {
      authorityHost: settings.authorityHost,
      // The authority is this site's own setting: there is nothing to ask the public cloud about it.
      disableInstanceDiscovery: true,
      httpClient: settings.httpClient,
      retryOptions: { maxRetries: 2 },
    },
  );
  try {
    return await abortingWith(signal, () => credential.getToken(settings.scope));
  } catch (error) {
    throw describeRefusal("token exchange", error);
  }
}
