import { CompactEncrypt } from "jose";
import type { BadToken } from "./bad-token.ts";
import { attacker } from "./good-token.ts";
import { segment, signJwt } from "./sign-jwt.ts";

/** What can be made of a good token without its issuer's key: RFC 8725 (JWT best current practices), sections 2 and 3. */
export const forgedTokens: readonly BadToken[] = [
  signature("alg none, without signature", ({ header, claims, key }) =>
    signJwt({ ...header, alg: "none" }, claims, key, "none"),
  ),
  signature("alg None, with the good signature", ({ header, token }) =>
    replaced(token, 0, segment({ ...header, alg: "None" })),
  ),
  signature("HS256 keyed with the issuer's public key", ({ header, claims, publicKey }) =>
    signJwt({ ...header, alg: "HS256" }, claims, publicKey, "HS256"),
  ),
  signature("ES256 by a key of the attacker's", ({ header, claims }) =>
    signJwt({ ...header, alg: "ES256" }, claims, attacker.ec.privateKey, "ES256"),
  ),
  signature("PS256 by a key of the attacker's", ({ header, claims }) =>
    signJwt({ ...header, alg: "PS256" }, claims, attacker.rsa.privateKey, "PS256"),
  ),
  signature("a key of the attacker's under the issuer's key id", ({ header, claims }) =>
    signJwt(header, claims, attacker.rsa.privateKey),
  ),
  signature("a key id that no issuer has", ({ header, claims }) =>
    signJwt({ ...header, kid: "unknown" }, claims, attacker.rsa.privateKey),
  ),
  signature("another tenant's key", ({ header, claims, other }) =>
    signJwt({ ...header, kid: other.kid }, claims, other.key),
  ),
  signature("another tenant's key under the issuer's key id", ({ header, claims, other }) =>
    signJwt(header, claims, other.key),
  ),
  signature("a jwk header with the attacker's key", ({ header, claims }) =>
    signJwt({ ...header, jwk: attackersJwk }, claims, attacker.rsa.privateKey),
  ),
  signature("a jwk header with the attacker's key and no key id", ({ header, claims }) =>
    signJwt({ ...header, kid: undefined, jwk: attackersJwk }, claims, attacker.rsa.privateKey),
  ),
  signature("a jku header with the attacker's address", ({ header, claims }) =>
    signJwt({ ...header, jku: "https://127.0.0.1:9/keys" }, claims, attacker.rsa.privateKey),
  ),
  signature("an x5u header with the attacker's address", ({ header, claims }) =>
    signJwt({ ...header, x5u: "https://127.0.0.1:9/cert" }, claims, attacker.rsa.privateKey),
  ),
  signature("an x5c header with the attacker's key", ({ header, claims }) =>
    signJwt({ ...header, x5c: [attackersKey] }, claims, attacker.rsa.privateKey),
  ),
  signature("a claim that was changed", ({ claims, token }) =>
    replaced(token, 1, segment({ ...claims, jti: "another" })),
  ),
  signature("a header that was changed", ({ header, token }) =>
    replaced(token, 0, segment({ ...header, cty: "JWT" })),
  ),
  signature("the signature of another token", ({ header, claims, key, token }) =>
    replaced(token, 2, signJwt(header, { ...claims, jti: "another" }, key).split(".")[2]),
  ),
  signature("no signature", ({ token }) => replaced(token, 2, "")),
  signature("bytes after the signature", ({ token }) =>
    replaced(token, 2, withBytes(token.split(".")[2])),
  ),
  malformed("no JWT", () => "nonsense"),
  malformed("two parts", ({ token }) => token.split(".").slice(0, 2).join(".")),
  malformed("four parts", ({ token }) => `${token}.AAAA`),
  malformed("a dot at its end", ({ token }) => `${token}.`),
  malformed("two tokens in one", ({ token }) => `${token}.${token}`),
  malformed("double encoding", ({ token }) => Buffer.from(token).toString("base64url")),
  malformed("padding after the signature", ({ token }) => `${token}==`),
  malformed("padding after the claims", ({ token }) =>
    replaced(token, 1, `${token.split(".")[1]}=`),
  ),
  malformed("stray bits in the signature's last character", ({ token }) => withStrayBits(token)),
  malformed("the alphabet of plain base64", ({ token }) =>
    replaced(token, 2, `+/${token.split(".")[2]?.slice(2)}`),
  ),
  malformed("claims that are a list", ({ token }) => replaced(token, 1, segment([]))),
  malformed("claims that are not UTF-8", ({ token }) => replaced(token, 1, "eyJhIjoi_yJ9")),
  malformed("a key id that is an object without text", ({ header, token }) =>
    replaced(token, 0, segment({ ...header, kid: { toString: 1 } })),
  ),
  malformed("encryption to the issuer's key (JWE)", ({ token, publicKey }) =>
    new CompactEncrypt(Buffer.from(token))
      .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", cty: "JWT" })
      .encrypt(publicKey),
  ),
];

const attackersJwk = attacker.rsa.publicKey.export({ format: "jwk" });
const attackersKey = attacker.rsa.publicKey
  .export({ format: "der", type: "spki" })
  .toString("base64");

function signature(name: string, of: BadToken["of"]): BadToken {
  return { name, reason: "signature", of };
}

function malformed(name: string, of: BadToken["of"]): BadToken {
  return { name, reason: "malformed", of };
}

function replaced(token: string, index: 0 | 1 | 2, part = ""): string {
  return token.split(".").with(index, part).join(".");
}

function withBytes(part = ""): string {
  return Buffer.concat([Buffer.from(part, "base64url"), Buffer.from("more")]).toString("base64url");
}

/** Another spelling of the same signature: of the last character of 256 bytes, four bits are not used. */
function withStrayBits(token: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = alphabet.indexOf(token.slice(-1));
  return `${token.slice(0, -1)}${alphabet[last + 1]}`;
}
