import type { Assertion } from "./assertion-well-formed.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/** An Entra token used as an assertion is a v2.0 one (AADSTS700227, observed; its full text is unverified). */
export function requireVersionTwo({ claims }: Assertion): void {
  if (claims["ver"] === "2.0") return;
  throw new EntraRefusal(
    700227,
    401,
    "invalid_client",
    "Forbidden token audience. Only v2.0 tokens may be used as Federated Identity Credentials for AAD issuer.",
  );
}
