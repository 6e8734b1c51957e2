import type { TokenCredential } from "@azure/core-auth";
import type { HttpClient } from "@azure/core-rest-pipeline";
import type { Clock } from "./clock.ts";

/** What the tokens are made with. */
export interface CrossTenantTokenOptions {
  /**
   * Makes the managed identity's credential; called anew for every attempt. `httpClient` is to be
   * handed to the SDK: only requests made through it can be cancelled.
   */
  readonly identityCredential: (httpClient: HttpClient) => TokenCredential;
  /** What the identity's token is for, e.g. "api://AzureADTokenExchange/.default". */
  readonly identityScope: string;
  /** Makes the application's credential in a tenant, around one client assertion; as above. */
  readonly tenantCredential: (
    tenantId: string,
    assertion: string,
    httpClient: HttpClient,
  ) => TokenCredential;
  /** Sends the requests. */
  readonly httpClient: HttpClient;
  /** The system's clock by default. */
  readonly clock?: Clock;
  /** Uniform in [0, 1); Math.random by default. */
  readonly random?: () => number;
}
