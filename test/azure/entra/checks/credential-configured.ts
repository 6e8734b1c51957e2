import type { Application, FederatedIdentityCredential } from "../../state.ts";
import { EntraRefusal } from "../entra-refusal.ts";

/** The application trusts somebody at all. AADSTS70025, text observed. */
export function requireCredentials(
  application: Application,
): readonly FederatedIdentityCredential[] {
  const credentials = [...application.federatedIdentityCredentials.values()];
  if (credentials.length > 0) return credentials;
  const { appId, displayName } = application;
  throw new EntraRefusal(
    70025,
    401,
    "invalid_client",
    `The client '${appId}'(${displayName}) has no configured federated identity credentials.`,
  );
}
