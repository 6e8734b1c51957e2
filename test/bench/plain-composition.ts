import type { HttpClient } from "@azure/core-rest-pipeline";
import { ClientAssertionCredential, ManagedIdentityCredential } from "@azure/identity";
import { applicationClientId, identityScope, managedIdentityClientId } from "./ids.ts";

/**
 * What the documentation and the field reports put together: a client assertion credential whose
 * callback asks the managed identity, every default kept.
 *
 * @param httpClient only where a measurement replaces the network.
 */
export function plainCredential(
  tenantId: string,
  authorityHost: string,
  httpClient?: HttpClient,
): ClientAssertionCredential {
  const transport = httpClient && { httpClient };
  const identity = new ManagedIdentityCredential({
    clientId: managedIdentityClientId,
    ...transport,
  });
  const assertion = async (): Promise<string> => (await identity.getToken(identityScope)).token;
  return new ClientAssertionCredential(tenantId, applicationClientId, assertion, {
    authorityHost,
    // Needed for any authority that is not the public cloud's own, as the one measured against here.
    disableInstanceDiscovery: true,
    ...transport,
  });
}
