/** A JSON Web Token: three parts, of which the first is a JSON object in base64url. */
const TOKEN = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/;

/**
 * The names of the secrets that a text gives away: a token of whatever kind, and each of the given values, as it is or in
 * base64, as the engine's logs show a message's bytes.
 */
export function findSecrets(text: string, secrets: Readonly<Record<string, string>>): string[] {
  const shown = (value: string) => text.includes(value) || text.includes(base64Core(value));
  const named = Object.keys(secrets).filter((name) => shown(secrets[name] ?? ""));
  return TOKEN.test(text) ? ["token", ...named] : named;
}

// Without the last characters, which depend on what follows.
function base64Core(value: string): string {
  return Buffer.from(value).toString("base64").replace(/=*$/, "").slice(0, -2);
}
