import type { Azure } from "../service/azure.ts";
import { v1Issuer } from "../world/names/issuers.ts";
import type { Resource } from "../world/resource-records.ts";
import { audiencesOf } from "../world/tokens/apis.ts";
import {
  type BearerRefusal,
  BearerRefused,
  type Caller,
  verifyBearer,
} from "../world/tokens/bearer.ts";
import { VaultError } from "./errors.ts";

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
  const refuse = (reason: BearerRefusal, found: string): VaultError =>
    new VaultError(401, "Unauthorized", texts[reason](found, v1Issuer(vault.tenantId)), {
      challenge,
    });
  const caller = await verifyBearer(azure, authorization, audiencesOf(azure, "key-vault")).catch(
    (error: unknown) => {
      if (error instanceof BearerRefused) throw refuse(error.reason, error.found);
      throw error;
    },
  );
  if (caller.tenantId === vault.tenantId) return caller;
  throw refuse("issuer", v1Issuer(caller.tenantId));
}

const noToken = (): string => "AKV10000: Request is missing a Bearer or PoP token.";
const invalid = (): string => "[BearerReadAccessTokenFailed] Error validating token: 'S2S12005'.";

/**
 * By the claim that was refused. Observed on Azure all, but that 'S2S12005' is the answer to a malformed token and to one
 * that names nobody, 'S2S12086' to one that is not yet valid, and AKV10046 also to a bad signature.
 */
const texts: Record<BearerRefusal, (found: string, issuer: string) => string> = {
  missing: noToken,
  scheme: noToken,
  "no-token": noToken,
  malformed: invalid,
  principal: invalid,
  signature: () => "AKV10046: Unable to resolve the key used for signature validation.",
  issuer: (found, issuer) => `AKV10032: Invalid issuer. Expected one of ${issuer}, found ${found}.`,
  early: () => "Error validating token: 'S2S12086'.",
  expired: () => "[TokenExpired] Error validating token: 'S2S12086'.",
  audience: (found) =>
    `AKV10022: Invalid audience. Expected https://vault.azure.net, found: ${found}.`,
};
