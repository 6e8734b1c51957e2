import "reflect-metadata";
import { X509CertificateGenerator } from "@peculiar/x509";
import { exportJWK, type JWK } from "jose";

/** One RS256 key pair and its public half as a JWKS publishes it. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

/** The key of each token issuer: one per tenant id, and `github` for the emulated GitHub Actions issuer. */
export type SigningKeys = ReadonlyMap<string, SigningKey>;

const RS256 = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;

/** Makes fresh keys, in memory only, for each of the named issuers. */
export async function createSigningKeys(issuers: readonly string[]): Promise<SigningKeys> {
  return new Map(
    await Promise.all(issuers.map(async (name) => [name, await createSigningKey()] as const)),
  );
}

// Entra publishes each key with its certificate, and names the key by the certificate's thumbprint (x5t equals kid).
async function createSigningKey(): Promise<SigningKey> {
  const keys = await crypto.subtle.generateKey(RS256, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=accounts.accesscontrol.windows.net",
    keys,
    signingAlgorithm: RS256,
  });
  const kid = Buffer.from(await certificate.getThumbprint()).toString("base64url");
  const x5c = [Buffer.from(certificate.rawData).toString("base64")];
  const jwk = { ...(await exportJWK(keys.publicKey)), use: "sig", kid, x5t: kid, x5c };
  return { kid, privateKey: keys.privateKey, publicKey: keys.publicKey, jwk };
}
