import { createSigningKey, type SigningKey, SigningKeys } from "../../src/world/signing-keys.ts";

const made: Promise<SigningKey>[] = [];

/**
 * A store of a test's own for the named issuers. Its keys, and those that it rolls on to, are those of every other such
 * store in the worker, because they are slow to make and hold no state.
 */
export async function sharedKeys(issuers: readonly string[]): Promise<SigningKeys> {
  let next = 0;
  const nextKey = () => (made[next++] ??= createSigningKey());
  const keys = issuers.map(async (issuer) => ({ issuer, key: await nextKey() }));
  return new SigningKeys(await Promise.all(keys), nextKey);
}
