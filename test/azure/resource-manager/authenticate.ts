import type { Azure } from "../azure.ts";
import { BearerRefused, verifyBearer, type BearerRefusal, type Caller } from "../bearer.ts";
import { audiencesOf } from "../entra/resources.ts";
import type { Tenant } from "../state.ts";
import { ManagementError } from "./management-error.ts";

/** Verifies a Resource Manager token. Throws the 401 with Resource Manager's code for what is wrong with it. */
export async function authenticate(
  azure: Azure,
  authorization: string | undefined,
): Promise<Caller> {
  const audiences = audiencesOf(azure, "resource-manager");
  try {
    return await verifyBearer(azure, authorization, audiences);
  } catch (error) {
    throw error instanceof BearerRefused ? refusal(error, audiences) : error;
  }
}

/**
 * The tenant of the subscription in a path. A subscription trusts exactly one tenant, and a token of any other is
 * refused whatever roles its holder has.
 */
export function requireSubscription(azure: Azure, caller: Caller, subscriptionId: string): Tenant {
  const wanted = subscriptionId.toLowerCase();
  const tenant = [...azure.state.tenants.values()].find(
    (candidate) => candidate.subscriptionId.toLowerCase() === wanted,
  );
  if (tenant === undefined)
    throw new ManagementError(
      404,
      "SubscriptionNotFound",
      `The subscription '${subscriptionId}' could not be found.`,
    );
  if (tenant.tenantId !== caller.tenantId) throw wrongTenant(caller.tenantId, tenant.tenantId);
  return tenant;
}

function refusal(
  { reason, message }: BearerRefused,
  audiences: readonly string[],
): ManagementError {
  const invalid = ["InvalidAuthenticationToken", "The access token is invalid."] as const;
  const answers: Record<BearerRefusal, readonly [code: string, text: string]> = {
    missing: [
      "AuthenticationFailed",
      "Authentication failed. The 'Authorization' header is missing.",
    ],
    malformed: invalid,
    signature: invalid,
    issuer: invalid,
    audience: [
      "InvalidAuthenticationTokenAudience",
      `The access token has been obtained for wrong audience or resource. It should exactly match with one of the allowed audiences '${audiences.join("','")}'.`,
    ],
    lifetime: [
      "ExpiredAuthenticationToken",
      `The access token expiry UTC time is out of range: ${message}`,
    ],
  };
  return unauthorized(...answers[reason]);
}

function wrongTenant(actual: string, expected: string): ManagementError {
  return unauthorized(
    "InvalidAuthenticationTokenTenant",
    `The access token is from the wrong issuer 'https://sts.windows.net/${actual}/'. It must match the tenant 'https://sts.windows.net/${expected}/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/${expected}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.`,
  );
}

function unauthorized(code: string, message: string): ManagementError {
  return new ManagementError(401, code, message, {
    "www-authenticate": `Bearer authorization_uri="https://login.windows.net/", error="invalid_token", error_description="${code}"`,
  });
}
