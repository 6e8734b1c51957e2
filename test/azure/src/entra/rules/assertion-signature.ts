import { compactVerify } from "jose";
import type { KnownIssuer } from "./assertion-issuer-known.ts";
import type { Assertion } from "./assertion-well-formed.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/**
 * The assertion is signed RS256, the only algorithm supported for federated credentials
 * (workload-identity-federation-considerations), with a key of its issuer. AADSTS700027 from the error codes reference; the
 * text of AADSTS7000272 is unverified.
 */
export async function requireSignature(assertion: Assertion, issuer: KnownIssuer): Promise<void> {
  const { kid } = assertion.header;
  const key = issuer.keys.find((published) => published.kid === kid);
  if (key === undefined) {
    throw new EntraRefusal(
      7000272,
      401,
      "invalid_client",
      `The certificate with identifier '${kid ?? ""}' used to sign the federated credential could not be found in the ` +
        `metadata of identity provider '${assertion.issuer}'.`,
    );
  }
  await compactVerify(assertion.token, key.publicKey, { algorithms: ["RS256"] }).catch(() => {
    throw new EntraRefusal(
      700027,
      401,
      "invalid_client",
      "Client assertion failed signature validation.",
    );
  });
}
