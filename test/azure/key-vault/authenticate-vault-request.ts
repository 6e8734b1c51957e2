import { decodeJwt } from "jose";
import type { Azure } from "../azure.ts";
import { BearerRefused, verifyBearer, type BearerRefusal, type Caller } from "../bearer.ts";
import { v1Issuer } from "../entra/issuers.ts";
import { audiencesOf } from "../entra/resources.ts";
import type { Resource } from "../state.ts";
import { VaultError } from "./vault-error.ts";

/**
 * Who sends a request to a vault. Only tokens of the vault's tenant count, and every refusal names that tenant in its
 * challenge, from which clients learn where to sign in
 * (https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses). `resource` is the one that
 * the challenge asks a token for.
 */
export async function authenticateVaultRequest(
  azure: Azure,
  vault: Resource,
  authorization: string | undefined,
  resource: string,
): Promise<Caller> {
  const challenge = `Bearer authorization="${azure.endpoints.login}/${vault.tenantId}", resource="${resource}"`;
  const refuse = (message: string): VaultError =>
    new VaultError(401, "Unauthorized", message, { challenge });
  try {
    const caller = await verifyBearer(azure, authorization, audiencesOf(azure, "key-vault"));
    if (caller.tenantId === vault.tenantId) return caller;
  } catch (error) {
    if (!(error instanceof BearerRefused)) throw error;
    if (error.reason !== "issuer") throw refuse(texts[error.reason](authorization));
  }
  throw refuse(
    `AKV10032: Invalid issuer. Expected one of ${v1Issuer(vault.tenantId)}, found ${claim(authorization, "iss")}.`,
  );
}

/** Observed on Azure all, but that 'S2S12005' is a malformed token's and AKV10046 also a bad signature's. */
const texts: Record<
  Exclude<BearerRefusal, "issuer">,
  (authorization: string | undefined) => string
> = {
  missing: () => "AKV10000: Request is missing a Bearer or PoP token.",
  malformed: (authorization) =>
    /^Bearer /i.test(authorization ?? "")
      ? "[BearerReadAccessTokenFailed] Error validating token: 'S2S12005'."
      : "AKV10000: Request is missing a Bearer or PoP token.",
  signature: () => "AKV10046: Unable to resolve the key used for signature validation.",
  lifetime: () => "[TokenExpired] Error validating token: 'S2S12086'.",
  audience: (authorization) =>
    `AKV10022: Invalid audience. Expected https://vault.azure.net, found: ${claim(authorization, "aud")}.`,
};

/** A claim of a token that is refused for it, as the refusal quotes it. */
function claim(authorization: string | undefined, name: "aud" | "iss"): string {
  const value = decodeJwt(authorization?.replace(/^Bearer +/i, "") ?? "")[name];
  return typeof value === "string" ? value : "";
}
