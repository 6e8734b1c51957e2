import type { Assertion } from "./assertion-well-formed.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/**
 * Federation does not chain: a token that itself came from a federated credential, marked by `xms_ficinfo`, is no assertion
 * (AADSTS700231, observed; its exact text is unverified).
 */
export function requireNotFederated({ claims }: Assertion): void {
  if (claims["xms_ficinfo"] === undefined) return;
  throw new EntraRefusal(
    700231,
    401,
    "invalid_client",
    "Token obtained using another federated identity credential may not be used as federated identity credential.",
  );
}
