import { generateKeyPairSync, KeyObject } from "node:crypto";
import { decodeJwt, decodeProtectedHeader } from "jose";
import type { Azure } from "../../src/service/azure.ts";

/** A token that is accepted, with all that a forger could have at hand and some that only its issuer has. */
export interface GoodToken {
  readonly azure: Azure;
  readonly token: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Of the token's issuer. */
  readonly key: KeyObject;
  readonly publicKey: KeyObject;
  readonly other: { readonly tenantId: string; readonly kid: string; readonly key: KeyObject };
}

/** Keys that no issuer publishes. */
export const attacker = {
  rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ec: generateKeyPairSync("ec", { namedCurve: "P-256" }),
} as const;

/** Takes a token apart, next to the keys of its tenant and of another one. */
export function goodToken(azure: Azure, token: string): GoodToken {
  const claims = decodeJwt(token);
  const tenantId = String(claims["tid"]);
  const others = [...azure.state.tenants.keys()].filter((id) => id !== tenantId);
  const [own, other] = [azure.keys.get(tenantId), azure.keys.get(others[0] ?? "")];
  if (own === undefined || other === undefined) throw new Error("two tenants with keys are needed");
  return {
    azure,
    token,
    header: { ...decodeProtectedHeader(token) },
    claims,
    key: KeyObject.from(own.privateKey),
    publicKey: KeyObject.from(own.publicKey),
    other: {
      tenantId: others[0] ?? "",
      kid: other.kid,
      key: KeyObject.from(other.privateKey),
    },
  };
}
