import type { TokenCredential } from "@azure/core-auth";
import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
} from "@azure/core-rest-pipeline";
import {
  ManagedIdentityApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from "@azure/msal-node";

/**
 * How to make a credential of the user-assigned managed identity `clientId` that asks the endpoint
 * each time. `ManagedIdentityCredential` of `@azure/identity` cannot: MSAL's cache is one for the
 * process, answers a refresh with the old token, swallows what the endpoint said and, when the back
 * end repeats a token, does not ask again before half of its remaining life. The endpoint's address
 * stays in one of MSAL's static fields all the same: one identity endpoint per process.
 */
export function managedIdentityCredential(
  clientId: string,
): (httpClient: HttpClient) => TokenCredential {
  return (httpClient) => {
    const application = new ManagedIdentityApplication({
      managedIdentityIdParams: { userAssignedClientId: clientId },
      // The cache retries, and knows what it waits for.
      system: { disableInternalRetries: true, networkClient: networkModule(httpClient) },
    });
    return {
      async getToken(scopes) {
        const resource = typeof scopes === "string" ? scopes : scopes.join(" ");
        const result = await application.acquireToken({ resource, forceRefresh: true });
        const expiresOnTimestamp = result.expiresOn?.getTime();
        return expiresOnTimestamp === undefined
          ? null
          : { token: result.accessToken, expiresOnTimestamp };
      },
    };
  };
}

function networkModule(httpClient: HttpClient): INetworkModule {
  const send =
    (method: "GET" | "POST") =>
    async <T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
      const headers = createHttpHeaders(options?.headers);
      // App Service rotates it (learn.microsoft.com "How to use managed identities for App Service",
      // REST endpoint reference); MSAL has the value of the process's first call.
      const header = process.env["IDENTITY_HEADER"];
      if (header !== undefined && headers.has("x-identity-header")) {
        headers.set("x-identity-header", header);
      }
      // The endpoint is inside the machine and speaks http; a proxy must not get the header.
      const response = await httpClient.sendRequest(
        createPipelineRequest({ url, method, headers, allowInsecureConnection: true }),
      );
      return {
        status: response.status,
        headers: response.headers.toJSON(),
        body: JSON.parse(response.bodyAsText || "{}"),
      };
    };
  return { sendGetRequestAsync: send("GET"), sendPostRequestAsync: send("POST") };
}
