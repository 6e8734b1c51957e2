import { compactVerify } from "jose";
import type { Azure } from "../../service/azure.ts";
import type { FederatedIdentityCredential } from "../../world/directory-records.ts";
import { tenantOfIssuer } from "../../world/names/issuers.ts";
import type { SigningKey } from "../../world/signing-keys.ts";
import type { Assertion } from "./assertion.ts";
import type { TokenClient } from "./client.ts";
import { EntraError } from "./errors.ts";

/** An issuer whose keys the local Azure knows; `tenantId` when it is Entra itself. */
export interface KnownIssuer {
  readonly keys: readonly SigningKey[];
  readonly tenantId?: string;
}

/**
 * The assertion's issuer is a local tenant or the emulated GitHub Actions. Entra would fetch any trusted issuer's keys; the
 * local Azure calls nobody, so every other issuer is refused like one that no credential trusts.
 */
export function requireKnownIssuer(
  azure: Azure,
  assertion: Assertion,
  credentials: readonly FederatedIdentityCredential[],
): KnownIssuer {
  const tenantId = tenantOfIssuer(azure, assertion.issuer);
  if (tenantId !== undefined) return { keys: keysOf(azure, tenantId), tenantId };
  if (assertion.issuer === azure.endpoints.oidc) return { keys: keysOf(azure, "github") };
  const untrusted = credentials.filter(({ issuer }) => issuer !== assertion.issuer);
  matchIssuer(untrusted, assertion);
  throw new Error("unreachable: no remaining credential has this issuer");
}

function keysOf({ keys, clock }: Azure, issuer: string): readonly SigningKey[] {
  return keys.published(issuer, clock.now());
}

/** Login endpoints of the other clouds (entra/identity-platform/authentication-national-cloud). */
const OTHER_CLOUDS = [
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.partner.microsoftonline.cn",
  "login.chinacloudapi.cn",
];

/**
 * A token of another cloud's Entra is no credential, even where one names its issuer: "another cloud isn't supported"
 * (workload-identity-federation-config-app-trust-managed-identity). AADSTS700238, observed; its text is unverified.
 */
export function requireThisCloud(
  { issuer }: Assertion,
  credentials: readonly FederatedIdentityCredential[],
): void {
  const trusted = credentials.some((credential) => credential.issuer === issuer);
  const host = URL.canParse(issuer) ? new URL(issuer).host : "";
  if (!trusted || !OTHER_CLOUDS.includes(host)) return;
  throw new EntraError(
    700238,
    401,
    "invalid_client",
    `Tokens issued by issuer '${issuer}' from another sovereign cloud may not be used for federated identity ` +
      "credential flows in this cloud.",
  );
}

/**
 * A managed identity and the client that trusts it are registered in the same tenant
 * (workload-identity-federation-config-app-trust-managed-identity). Refused even where issuer and subject match:
 * AADSTS700236, text observed.
 */
export function requireHomeTenant(
  { tenantId }: KnownIssuer,
  client: TokenClient,
  issuer: string,
): void {
  if (tenantId === client.tenantId) return;
  throw new EntraError(
    700236,
    401,
    "invalid_client",
    `Entra ID tokens issued by issuer '${issuer}' may not be used for federated identity credential flows for ` +
      "applications or managed identities registered in this tenant.",
  );
}

/**
 * Entra's own tokens are assertions of applications only, never of a managed identity (AADSTS700222, text observed; its status
 * and that it is still what a managed identity meets are unverified; learn.microsoft.com/entra/workload-id/
 * workload-identity-federation-considerations, "Unsupported scenarios").
 */
export function requireEntraAllowed({ isManagedIdentity }: TokenClient): void {
  if (!isManagedIdentity) return;
  throw new EntraError(
    700222,
    401,
    "invalid_client",
    "AAD-issued tokens may not be used for federated identity flows.",
  );
}

/**
 * The assertion is signed RS256, the only algorithm supported for federated credentials
 * (workload-identity-federation-considerations), with a key of its issuer. AADSTS700027 from the error codes reference; the
 * text of AADSTS7000272 is unverified.
 */
export async function requireSignature(assertion: Assertion, issuer: KnownIssuer): Promise<void> {
  const { kid } = assertion.header;
  const key = issuer.keys.find((published) => published.kid === kid);
  if (key === undefined) {
    throw new EntraError(
      7000272,
      401,
      "invalid_client",
      `The certificate with identifier '${kid ?? ""}' used to sign the federated credential could not be found in the ` +
        `metadata of identity provider '${assertion.issuer}'.`,
    );
  }
  await compactVerify(assertion.token, key.publicKey, { algorithms: ["RS256"] }).catch(() => {
    throw new EntraError(
      700027,
      401,
      "invalid_client",
      "Client assertion failed signature validation.",
    );
  });
}

/** Keeps the credentials that trust the assertion's issuer, compared with case (AADSTS700211, observed). */
export function matchIssuer(
  credentials: readonly FederatedIdentityCredential[],
  assertion: Assertion,
): readonly FederatedIdentityCredential[] {
  const matching = credentials.filter(({ issuer }) => issuer === assertion.issuer);
  if (matching.length > 0) return matching;
  throw new EntraError(
    700211,
    401,
    "invalid_client",
    `No matching federated identity record found for presented assertion issuer '${assertion.issuer}'. Please check ` +
      "your federated identity credential Subject, Audience and Issuer against the presented assertion. " +
      "https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation",
  );
}
