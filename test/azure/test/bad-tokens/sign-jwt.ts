import { constants, createHmac, type KeyObject, sign } from "node:crypto";

type Signer = (data: Buffer, key: KeyObject) => Buffer;

/** By `alg` of RFC 7518 section 3.1. Node's crypto, so that headers and keys that a JWT library refuses to sign can be had. */
const signers = {
  none: () => Buffer.alloc(0),
  HS256: (data, key) =>
    createHmac("sha256", key.export({ format: "pem", type: "spki" }))
      .update(data)
      .digest(),
  RS256: (data, key) => sign("sha256", data, key),
  RS384: (data, key) => sign("sha384", data, key),
  PS256: (data, key) =>
    sign("sha256", data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  ES256: (data, key) => sign("sha256", data, { key, dsaEncoding: "ieee-p1363" }),
} satisfies Record<string, Signer>;

/** Signs whatever header and claims it is given. HS256 takes a public key as its secret: the well-known confusion. */
export function signJwt(
  header: object,
  claims: object,
  key: KeyObject,
  algorithm: keyof typeof signers = "RS256",
): string {
  const signed = `${segment(header)}.${segment(claims)}`;
  return `${signed}.${signers[algorithm](Buffer.from(signed), key).toString("base64url")}`;
}

/** A JSON value as a part of a JWT. */
export function segment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
