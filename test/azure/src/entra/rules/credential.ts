import type { Azure } from "../../service/azure.ts";
import { isVisible } from "../../world/consistency.ts";
import type { FederatedIdentityCredential } from "../../world/directory-records.ts";
import { EXCHANGE_AUDIENCE, EXCHANGE_AUDIENCE_ID } from "../../world/tokens/apis.ts";
import type { KnownIssuer } from "./assertion-issuer.ts";
import type { Assertion } from "./assertion.ts";
import type { TokenClient } from "./client.ts";
import { EntraError } from "./errors.ts";

/** The client trusts somebody at all, as far as this endpoint has heard. AADSTS70025, text observed. */
export function requireCredentials(
  azure: Azure,
  client: TokenClient,
): readonly FederatedIdentityCredential[] {
  const credentials = client.credentials.filter((credential) => isVisible(azure, credential));
  if (credentials.length > 0) return credentials;
  const { appId, displayName } = client;
  throw new EntraError(
    70025,
    401,
    "invalid_client",
    `The client '${appId}'(${displayName}) has no configured federated identity credentials.`,
  );
}

/**
 * Keeps the credentials for the assertion's subject, compared with case (reference-breaking-changes, August 2024).
 * AADSTS700213, or AADSTS7002138 when only case differs (observed; its full text is unverified).
 */
export function matchSubject(
  credentials: readonly FederatedIdentityCredential[],
  assertion: Assertion,
): readonly FederatedIdentityCredential[] {
  const presented = assertion.subject;
  const matching = credentials.filter(({ subject }) => subject === presented);
  if (matching.length > 0) return matching;
  const differsByCase = credentials.some(
    ({ subject }) => subject.toLowerCase() === presented.toLowerCase(),
  );
  throw new EntraError(
    differsByCase ? 7002138 : 700213,
    401,
    "invalid_client",
    `No matching federated identity record found for presented assertion subject '${presented}'. Please note that ` +
      "matching is done using a case-sensitive comparison. Check your federated identity credential Subject, Audience, " +
      "and Issuer against the presented assertion.",
  );
}

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
  throw new EntraError(
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
