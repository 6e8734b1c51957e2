import { verify, X509Certificate } from "node:crypto";
import type { Hono } from "hono";

type Json = Record<string, unknown>;

/** A key as a JWKS publishes it. */
export interface PublishedKey {
  readonly kid: string;
  readonly x5t: string;
  readonly x5c: readonly string[];
  readonly n: string;
  readonly e: string;
}

/**
 * Judges a token by a discovery document as a relying party does, for tests: by Node's own crypto (OpenSSL), the key's
 * certificate, and nothing of the library that signs. Answers header and claims; throws when the document does not vouch
 * for them. Lifetime and audience are the caller's to look at.
 */
export async function validateToken(
  app: Hono,
  documentPath: string,
  token: string,
): Promise<{ header: Json; claims: Json }> {
  const [first = "", second = "", signature = ""] = token.split(".");
  const [header, claims] = [parsePart(first), parsePart(second)];
  const document = await read(app, documentPath);
  const { pathname } = new URL(String(document["jwks_uri"]));
  const { keys } = (await read(app, pathname)) as { keys: PublishedKey[] };
  const key = keys.find(({ kid }) => kid === header["kid"]);
  if (key === undefined) throw new Error("no published key has the token's name");
  const { publicKey } = new X509Certificate(Buffer.from(key.x5c[0] ?? "", "base64"));
  const signed = Buffer.from(`${first}.${second}`);
  if (!verify("sha256", signed, publicKey, Buffer.from(signature, "base64url")))
    throw new Error("the token's signature is invalid");
  if (claims["iss"] !== document["issuer"]) throw new Error("the token's issuer is another one");
  return { header, claims };
}

function parsePart(part: string): Json {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as Json;
}

async function read(app: Hono, path: string): Promise<Json> {
  return (await (await app.request(path)).json()) as Json;
}
