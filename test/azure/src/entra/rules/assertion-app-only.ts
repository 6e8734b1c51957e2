import type { Assertion } from "./assertion-well-formed.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/** No user's token stands in for an application (AADSTS700229, text observed). */
export function requireAppOnly({ claims }: Assertion): void {
  if (claims["idtyp"] === "app") return;
  throw new EntraRefusal(
    700229,
    401,
    "invalid_client",
    "Forbidden token type. Only app-only tokens may be used as Federated Identity Credentials for AAD issuer.",
  );
}
