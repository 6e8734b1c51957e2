import type { TokenCredential } from "@azure/core-auth";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { ManagedIdentityCredential } from "@azure/identity";

/**
 * How to make a credential of the user-assigned managed identity `clientId`. MSAL keeps the first
 * one's HTTP client, endpoint and tokens in static fields: one identity endpoint per process, and a
 * token that it holds is good for another five minutes at least.
 */
export function managedIdentityCredential(
  clientId: string,
): (httpClient: HttpClient) => TokenCredential {
  return (httpClient) =>
    new ManagedIdentityCredential({
      clientId,
      httpClient: identityClient(httpClient),
      // The cache retries, and knows what it waits for; the SDK would obey any Retry-After.
      retryOptions: { maxRetries: 0 },
    });
}

function identityClient(inner: HttpClient): HttpClient {
  return {
    sendRequest(request) {
      // The endpoint is inside the machine. With HTTP_PROXY set the SDK would send the header out.
      delete request.proxySettings;
      delete request.agent;
      // App Service rotates it (learn.microsoft.com "How to use managed identities for App Service",
      // REST endpoint reference); MSAL has the value of the process's first call.
      const header = process.env["IDENTITY_HEADER"];
      if (header !== undefined && request.headers.has("x-identity-header")) {
        request.headers.set("x-identity-header", header);
      }
      return inner.sendRequest(request);
    },
  };
}
