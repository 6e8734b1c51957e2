import type { AccessToken } from "@azure/core-auth";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { ManagedIdentityCredential } from "@azure/identity";
import { abortingWith } from "./abortable-client.ts";
import { describeRefusal } from "./describe-refusal.ts";

/**
 * Fetches tokens of the user-assigned managed identity for `audience`; rejects with a TokenError.
 * Make one per process: MSAL keeps the first one's HTTP client and its tokens in static fields.
 */
export function managedIdentityFetcher(
  clientId: string,
  audience: string,
  httpClient: HttpClient,
): (signal: AbortSignal) => Promise<AccessToken> {
  const credential = new ManagedIdentityCredential({
    clientId,
    httpClient: withoutProxy(httpClient),
    // The cache above retries with its own backoff; these few only bridge a blink of the endpoint.
    retryOptions: { maxRetries: 2 },
  });
  return async (signal) => {
    try {
      return await abortingWith(signal, () => credential.getToken(`${audience}/.default`));
    } catch (error) {
      throw describeRefusal("managed identity", error);
    }
  };
}

// The endpoint is inside the machine. With HTTP_PROXY set the SDK would send the identity header out.
function withoutProxy(inner: HttpClient): HttpClient {
  return {
    sendRequest(request) {
      delete request.proxySettings;
      delete request.agent;
      return inner.sendRequest(request);
    },
  };
}
