import type { Azure } from "../../service/azure.ts";
import { blobEndpoint } from "../../world/names/blob-address.ts";
import type { Resource } from "../../world/resource-records.ts";
import { audiencesOf } from "../../world/tokens/apis.ts";
import { type BearerRefusal, BearerRefused, verifyBearer } from "../../world/tokens/bearer.ts";
import type { BlobRequest } from "../engine/blob-request.ts";
import { authenticationFailed, invalidHeader, StorageError } from "../engine/errors.ts";
import type { BlobAccess } from "./blob-permission.ts";
import { verifyUserDelegationSas } from "./user-delegation-sas.ts";

/**
 * On whose behalf a request comes to a storage account. Only tokens of the tenant that the account's subscription trusts
 * count, and signatures with keys issued for such tokens; account keys, their signatures and anonymous requests are
 * refused in the words that tell why
 * (https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory). `delegationSecret` is what
 * user delegation keys are made of.
 */
export async function authenticateBlobRequest(
  azure: Azure,
  delegationSecret: string,
  account: Resource,
  request: BlobRequest,
): Promise<BlobAccess> {
  const { headers, query } = request;
  const authorization = headers.get("authorization") || undefined;
  const version = serviceVersion(headers);
  if (query.has("sig") && query.has("skoid"))
    return verifyUserDelegationSas(azure, delegationSecret, account, request);
  if (query.has("sig") || /^SharedKey/i.test(authorization ?? "")) throw keyRefusal(account);
  const challenge = bearerChallenge(azure, account.tenantId);
  if (authorization === undefined)
    throw version >= "2019-12-12" ? anonymous(challenge) : authenticationFailed();
  if (version < "2017-11-09")
    throw authenticationFailed("Authentication scheme Bearer is not supported in this version.");
  const access = await verify(azure, account, authorization, challenge);
  if (access.tenantId === account.tenantId) return access;
  throw invalidAuthentication("Issuer validation failed. Issuer did not match.", challenge);
}

/** `x-ms-version`, a date, so that versions compare as text; empty when there is none. */
function serviceVersion(headers: Headers): string {
  const version = headers.get("x-ms-version") ?? "";
  if (/^(?:\d{4}-\d{2}-\d{2})?$/.test(version)) return version;
  throw invalidHeader();
}

async function verify(
  azure: Azure,
  account: Resource,
  authorization: string,
  challenge: string,
): Promise<BlobAccess> {
  const own = (["path", "host"] as const).map((style) => blobEndpoint(azure, account.name, style));
  const audiences = [...own, ...own.map((endpoint) => endpoint.slice(0, -1))];
  try {
    const accepted = [...audiencesOf(azure, "storage"), ...audiences];
    const { tenantId, objectId } = await verifyBearer(azure, authorization, accepted);
    return { tenantId, objectId };
  } catch (error) {
    if (!(error instanceof BearerRefused)) throw error;
    const detail = details[error.reason];
    throw detail === undefined ? unreadable() : invalidAuthentication(detail, challenge);
  }
}

/** Observed are the details for issuer and audience, and that a header which is no bearer token's gets none. */
const details: Record<BearerRefusal, string | undefined> = {
  missing: undefined,
  scheme: undefined,
  "no-token": undefined,
  malformed: "Authentication scheme Bearer is not supported.",
  signature: "Signature validation failed. Signature verification failed.",
  issuer: "Issuer validation failed. Issuer did not match.",
  audience: "Audience validation failed. Audience did not match.",
  early: "Lifetime validation failed. The token is not yet valid.",
  expired: "Lifetime validation failed. The token is expired.",
  principal: "Authentication scheme Bearer is not supported.",
};

/** https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes, text observed. */
function unreadable(): StorageError {
  return new StorageError(
    400,
    "InvalidAuthenticationInfo",
    "Authentication information is not given in the correct format. Check the value of Authorization header.",
  );
}

function bearerChallenge(azure: Azure, tenantId: string): string {
  return `Bearer authorization_uri=${azure.endpoints.login}/${tenantId}/oauth2/authorize resource_id=https://storage.azure.com`;
}

function invalidAuthentication(detail: string, challenge: string): StorageError {
  return new StorageError(
    401,
    "InvalidAuthenticationInfo",
    "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.",
    { detail, challenge },
  );
}

function anonymous(challenge: string): StorageError {
  return new StorageError(
    401,
    "NoAuthenticationInformation",
    "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.",
    { challenge },
  );
}

/** Account and service SAS are made with the account key, so they are off with it. */
function keyRefusal(account: Resource): StorageError {
  if (account.properties["allowSharedKeyAccess"] === false)
    return new StorageError(
      403,
      "KeyBasedAuthenticationNotPermitted",
      "Key based authentication is not permitted on this storage account.",
    );
  return new StorageError(
    501,
    "NotImplemented",
    "shared keys and signatures made with them are not emulated, use a token or a user delegation key, or turn allowSharedKeyAccess off",
  );
}
