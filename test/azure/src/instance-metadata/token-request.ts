import type { Azure } from "../service/azure.ts";
import {
  type IssuedToken,
  type IssueManagedIdentityToken,
  TokenRefused,
} from "../service/token-issuer.ts";
import type { Resource } from "../world/resource-records.ts";
import { requireIdentityVersion, requireQuery } from "./api-versions.ts";
import { MetadataError } from "./errors.ts";
import { selectIdentity } from "./select-identity.ts";

/**
 * Answers a virtual machine's request for a managed identity token; every value is a string
 * (how-to-use-vm-token, "Get a token using HTTP"; `client_id` was observed). Throws MetadataError.
 */
export async function answerTokenRequest(
  azure: Azure,
  issueToken: IssueManagedIdentityToken,
  machine: Resource,
  query: URLSearchParams,
): Promise<Record<string, string>> {
  requireIdentityVersion(query);
  const resource = requireQuery(query, "resource");
  const principal = selectIdentity(azure.state, machine, query);
  const issued = await issueToken(azure, principal, resource).catch(passOn);
  return {
    access_token: issued.token,
    refresh_token: "",
    expires_in: String(issued.expiresIn),
    expires_on: String(issued.expiresOn),
    not_before: String(issued.notBefore),
    resource,
    token_type: "Bearer",
    client_id: principal.appId,
  };
}

/** Entra's refusal comes through with Entra's words (how-to-use-vm-token, "HTTP response reference", invalid_resource). */
function passOn(error: unknown): IssuedToken {
  if (error instanceof TokenRefused) throw new MetadataError(error.error, error.message);
  throw error;
}
