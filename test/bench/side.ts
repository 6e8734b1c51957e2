import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import type { TokenCredential } from "@azure/identity";
import { ourTokens } from "./our-tokens.ts";
import { plainCredential } from "./plain-composition.ts";

/** Whose credential a process measures; "static" is one token that costs nothing to get. */
export type Side = "static" | "plain" | "ours";

const aDayMs = 86_400_000;

/** The side's credentials, one for a tenant, as its users would hold them. */
export function credentialsOf(
  side: Side,
  authorityHost: string,
  httpClient?: HttpClient,
): (tenantId: string) => TokenCredential {
  if (side === "plain") return (tenantId) => plainCredential(tenantId, authorityHost, httpClient);
  if (side === "ours") {
    const tokens = ourTokens(authorityHost, httpClient ?? createDefaultHttpClient());
    return (tenantId) => tokens.credential(tenantId);
  }
  const token = { token: "static", expiresOnTimestamp: Date.now() + aDayMs };
  return () => ({ getToken: () => Promise.resolve(token) });
}

/** The side that this process was started for: its first argument. */
export function ownSide(): Side {
  const [, , side] = process.argv;
  if (side === "static" || side === "plain" || side === "ours") return side;
  throw new Error(`the first argument is "${side}"; it must be static, plain or ours`);
}
