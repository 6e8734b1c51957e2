import type { JWK } from "jose";
import { RS256, type SigningKey, SigningKeys } from "../../world/signing-keys.ts";

/** A key of one issuer. */
export interface SavedSigningKey {
  readonly issuer: string;
  readonly privateKey: JsonWebKey;
  /** As it is published. */
  readonly jwk: JWK;
  readonly kid: string;
  /** For a replaced key, until when it stays published, in milliseconds since the epoch. */
  readonly end?: number;
}

/** The private half of each key, exported once. */
const exported = new WeakMap<SigningKey, Promise<JsonWebKey>>();

/** All keys, replaced ones included. */
export function saveSigningKeys(keys: SigningKeys): Promise<SavedSigningKey[]> {
  return Promise.all(
    keys.all.map(async ({ issuer, key, end }) => {
      const exporting = exported.get(key) ?? crypto.subtle.exportKey("jwk", key.privateKey);
      exported.set(key, exporting);
      const saved = { issuer, privateKey: await exporting, jwk: key.jwk, kid: key.kid };
      return end === undefined ? saved : { ...saved, end };
    }),
  );
}

/** The keys as they were saved. */
export async function restoreSigningKeys(saved: readonly SavedSigningKey[]): Promise<SigningKeys> {
  const restored = await Promise.all(
    saved.map(async ({ issuer, privateKey, jwk, kid, end }) => {
      const key: SigningKey = {
        kid,
        jwk,
        privateKey: await crypto.subtle.importKey("jwk", privateKey, RS256, true, ["sign"]),
        publicKey: await crypto.subtle.importKey("jwk", jwk, RS256, true, ["verify"]),
      };
      return end === undefined ? { issuer, key } : { issuer, key, end };
    }),
  );
  return new SigningKeys(restored);
}
