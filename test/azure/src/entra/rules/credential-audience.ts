import type { FederatedIdentityCredential } from "../../world/directory-records.ts";
import { EXCHANGE_AUDIENCE, EXCHANGE_AUDIENCE_ID } from "../../world/tokens/resources.ts";
import type { KnownIssuer } from "./assertion-issuer-known.ts";
import type { Assertion } from "./assertion-well-formed.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/**
 * Keeps the credentials for the assertion's audience. A credential names the exchange by its URI while Entra's own tokens
 * carry its application id, so that pair is equal for them (observed), and no other audience of theirs is an exchange's: what
 * an API is sent is no assertion, even where a credential names that API. AADSTS700212; AADSTS7002121 for Entra's tokens, text
 * observed.
 */
export function matchAudience(
  credentials: readonly FederatedIdentityCredential[],
  assertion: Assertion,
  issuer: KnownIssuer,
): readonly FederatedIdentityCredential[] {
  const fromEntra = issuer.tenantId !== undefined;
  const named = fromEntra ? exchangeOf(assertion) : assertion.audience;
  const matching = credentials.filter(
    ({ audiences }) => named !== undefined && audiences.includes(named),
  );
  if (matching.length > 0) return matching;
  throw new EntraRefusal(
    fromEntra ? 7002121 : 700212,
    401,
    "invalid_client",
    `No matching federated identity record found for presented assertion audience '${assertion.audience}'. Please ` +
      "check your federated identity credential Subject, Audience and Issuer against the presented assertion. " +
      "https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation",
  );
}

function exchangeOf({ audience }: Assertion): string | undefined {
  return audience === EXCHANGE_AUDIENCE_ID ? EXCHANGE_AUDIENCE : undefined;
}
