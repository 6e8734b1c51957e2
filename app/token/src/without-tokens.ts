/**
 * `text` without `secrets` and without whatever looks like a JWT. No refusal seen so far carries one;
 * what an upstream writes into its messages is not ours to promise.
 */
export function withoutTokens(text: string, secrets: readonly string[] = []): string {
  const known = secrets.reduce((left, secret) => left.replaceAll(secret, "(token removed)"), text);
  // Starts at the beginning of a word only: from every "eyJ" on, a hostile text costs its square.
  return known.replaceAll(/(?<![\w-])eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, "(token removed)");
}
