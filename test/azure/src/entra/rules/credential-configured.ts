import type { Azure } from "../../service/azure.ts";
import { isVisible } from "../../world/consistency.ts";
import type { FederatedIdentityCredential } from "../../world/directory-records.ts";
import { EntraRefusal } from "./entra-refusal.ts";
import type { TokenClient } from "./token-client.ts";

/** The client trusts somebody at all, as far as this endpoint has heard. AADSTS70025, text observed. */
export function requireCredentials(
  azure: Azure,
  client: TokenClient,
): readonly FederatedIdentityCredential[] {
  const credentials = client.credentials.filter((credential) => isVisible(azure, credential));
  if (credentials.length > 0) return credentials;
  const { appId, displayName } = client;
  throw new EntraRefusal(
    70025,
    401,
    "invalid_client",
    `The client '${appId}'(${displayName}) has no configured federated identity credentials.`,
  );
}
