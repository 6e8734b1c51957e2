import type { Azure } from "../../service/azure.ts";
import type { FederatedIdentityCredential } from "../../world/directory-records.ts";
import { tenantOfIssuer } from "../../world/names/issuers.ts";
import type { SigningKey } from "../../world/signing-keys.ts";
import type { Assertion } from "./assertion-well-formed.ts";
import { matchIssuer } from "./credential-issuer.ts";

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
