import type { Azure } from "../../azure.ts";
import { isVisible } from "../../consistency.ts";
import type { Application, FederatedIdentityCredential } from "../../state.ts";
import { EntraRefusal } from "../entra-refusal.ts";

/** The application trusts somebody at all, as far as this endpoint has heard. AADSTS70025, text observed. */
export function requireCredentials(
  azure: Azure,
  application: Application,
): readonly FederatedIdentityCredential[] {
  const configured = [...application.federatedIdentityCredentials.values()];
  const credentials = configured.filter((credential) => isVisible(azure, credential));
  if (credentials.length > 0) return credentials;
  const { appId, displayName } = application;
  throw new EntraRefusal(
    70025,
    401,
    "invalid_client",
    `The client '${appId}'(${displayName}) has no configured federated identity credentials.`,
  );
}
