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

/** The algorithm of every key. */
export const RS256 = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;

// The longest token, a managed identity's: a replaced key stays published for as long as a token it signed is valid.
const KEPT_MILLISECONDS = 24 * 3_600_000;

/** A key of one issuer; `end`, in milliseconds since the epoch, is set once another has replaced it. */
export interface IssuerKey {
  readonly issuer: string;
  readonly key: SigningKey;
  readonly end?: number;
}

/**
 * The keys of each token issuer: a tenant by its id, and `github` for the emulated GitHub Actions issuer.
 * Entra replaces its keys at any time (learn.microsoft.com/entra/identity-platform/signing-key-rollover).
 */
export class SigningKeys {
  readonly #current = new Map<string, SigningKey>();
  readonly #replaced: Required<IssuerKey>[] = [];
  readonly #makeKey: () => Promise<SigningKey>;

  /** `makeKey` makes what a replaced key is replaced with. */
  constructor(keys: readonly IssuerKey[], makeKey = createSigningKey) {
    this.#makeKey = makeKey;
    for (const { issuer, key, end } of keys)
      if (end === undefined) this.#current.set(issuer, key);
      else this.#replaced.push({ issuer, key, end });
  }

  /** Every key there is, those that are published no more included. */
  get all(): IssuerKey[] {
    return [...[...this.#current].map(([issuer, key]) => ({ issuer, key })), ...this.#replaced];
  }

  /** The key that an issuer signs with. */
  get(issuer: string): SigningKey | undefined {
    return this.#current.get(issuer);
  }

  /** Every key that an issuer's tokens may be signed with at `now`, in milliseconds since the epoch; newest first. */
  published(issuer: string, now: number): readonly SigningKey[] {
    const current = this.#current.get(issuer);
    const replaced = this.#replaced.filter((old) => old.issuer === issuer && now < old.end);
    return [...(current ? [current] : []), ...replaced.map(({ key }) => key).toReversed()];
  }

  /** Signs with a new key from now on; the old one stays published for 24 hours. Throws for an unknown issuer. */
  async roll(issuer: string, now: number): Promise<void> {
    const next = await this.#makeKey();
    const key = this.#current.get(issuer);
    if (key === undefined) throw new Error(`no signing key of "${issuer}" to replace`);
    this.#replaced.push({ issuer, key, end: now + KEPT_MILLISECONDS });
    this.#current.set(issuer, next);
  }
}

/** Makes a fresh key for each of the named issuers. */
export async function createSigningKeys(issuers: readonly string[]): Promise<SigningKeys> {
  return new SigningKeys(
    await Promise.all(issuers.map(async (issuer) => ({ issuer, key: await createSigningKey() }))),
  );
}

/** Makes a fresh key. Entra publishes each with its certificate, and names it by the thumbprint (x5t equals kid). */
export async function createSigningKey(): Promise<SigningKey> {
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
