/**
 * `text` with whatever looks like a JWT taken out. No refusal seen so far carries one; what an
 * upstream writes into its messages is not ours to promise.
 */
export function withoutTokens(text: string): string {
  return text.replaceAll(/eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, "(token removed)");
}
