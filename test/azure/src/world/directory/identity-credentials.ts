import type { FederatedIdentityCredential } from "../directory-records.ts";
import type { Resource } from "../resource-records.ts";
import type { State } from "../state.ts";

/** The type of the federated identity credentials of user-assigned identities. */
export const identityCredentialType =
  "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";

/**
 * Whom a user-assigned identity trusts: the federated identity credentials that Resource Manager keeps below its resource
 * and Entra looks at (learn.microsoft.com/rest/api/managedidentity/federated-identity-credentials).
 */
export function identityCredentials(
  { resources }: State,
  identityId: string,
): FederatedIdentityCredential[] {
  const prefix = `${identityId}/federatedIdentityCredentials/`.toLowerCase();
  return [...resources.values()]
    .filter(
      ({ type, id }) => type === identityCredentialType && id.toLowerCase().startsWith(prefix),
    )
    .map(identityCredential);
}

function identityCredential(resource: Resource): FederatedIdentityCredential {
  const { id, name, properties, visibleFrom } = resource;
  const { issuer, subject, audiences } = properties;
  return {
    id,
    name,
    issuer: String(issuer),
    subject: String(subject),
    audiences: Array.isArray(audiences) ? audiences.map(String) : [],
    description: null,
    ...(visibleFrom === undefined ? {} : { visibleFrom }),
  };
}
