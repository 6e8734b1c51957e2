import { isGuid } from "../base/guid.ts";
import type { Azure } from "../service/azure.ts";
import type { Tenant } from "../world/directory-records.ts";
import { audiencesOf } from "../world/tokens/apis.ts";
import {
  type BearerRefusal,
  BearerRefused,
  type Caller,
  verifyBearer,
} from "../world/tokens/bearer.ts";
import { ManagementError } from "./engine/errors.ts";

/**
 * Verifies a Resource Manager token. Throws the 401 with Resource Manager's code for what is wrong with it, and a challenge
 * that names the tenant of the subscription in the path: clients ask without a token to learn it.
 */
export async function authenticate(
  azure: Azure,
  authorization: string | null,
  subscriptionId: string | undefined,
): Promise<Caller> {
  const audiences = audiencesOf(azure, "resource-manager");
  try {
    return await verifyBearer(azure, authorization ?? undefined, audiences);
  } catch (error) {
    if (!(error instanceof BearerRefused)) throw error;
    const [code, text] = refusal(azure, error, audiences);
    throw unauthorized(azure, findTenant(azure, subscriptionId), code, text);
  }
}

/**
 * The tenant of the subscription in a path. A subscription trusts exactly one tenant, and a token of any other is
 * refused whatever roles its holder has.
 */
export function requireSubscription(azure: Azure, caller: Caller, subscriptionId: string): Tenant {
  if (!isGuid(subscriptionId))
    throw new ManagementError(
      400,
      "InvalidSubscriptionId",
      `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`,
    );
  const tenant = findTenant(azure, subscriptionId);
  if (tenant === undefined)
    throw new ManagementError(
      404,
      "SubscriptionNotFound",
      `The subscription '${subscriptionId}' could not be found.`,
    );
  if (tenant.tenantId === caller.tenantId) return tenant;
  const [actual, expected] = [caller.tenantId, tenant.tenantId];
  throw unauthorized(
    azure,
    tenant,
    "InvalidAuthenticationTokenTenant",
    `The access token is from the wrong issuer 'https://sts.windows.net/${actual}/'. It must match the tenant 'https://sts.windows.net/${expected}/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/${expected}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.`,
  );
}

function findTenant({ state }: Azure, subscriptionId: string | undefined): Tenant | undefined {
  const wanted = subscriptionId?.toLowerCase();
  return [...state.tenants.values()].find(
    (candidate) => candidate.subscriptionId.toLowerCase() === wanted,
  );
}

/** Observed all, but that the text on a wrong issuer is the same where no subscription is asked for, and that on `early`. */
function refusal(
  { clock }: Azure,
  { reason, found }: BearerRefused,
  audiences: readonly string[],
): readonly [code: string, text: string] {
  if (reason === "expired")
    return [
      "ExpiredAuthenticationToken",
      `The access token expiry UTC time '${utcTime(Number(found) * 1000)}' is earlier than current UTC time '${utcTime(clock.now())}'.`,
    ];
  const invalid = ["InvalidAuthenticationToken", "The access token is invalid."] as const;
  const answers: Record<
    Exclude<BearerRefusal, "expired">,
    readonly [code: string, text: string]
  > = {
    missing: [
      "AuthenticationFailed",
      "Authentication failed. The 'Authorization' header is missing.",
    ],
    scheme: [
      "AuthenticationFailedInvalidHeader",
      "Authentication failed. The 'Authorization' header is provided in an invalid format.",
    ],
    "no-token": [
      "AuthenticationFailedMissingToken",
      "Authentication failed. The 'Authorization' header is missing the access token.",
    ],
    malformed: invalid,
    signature: invalid,
    issuer: invalid,
    early: invalid,
    principal: [
      "InvalidAuthenticationToken",
      "The received access token is not valid: at least one of the claims 'puid' or 'altsecid' or 'oid' should be present. If you are accessing as application please make sure service principal is properly created in the tenant.",
    ],
    audience: [
      "InvalidAuthenticationTokenAudience",
      `The access token has been obtained for wrong audience or resource '${found}'. It should exactly match with one of the allowed audiences '${audiences.join("','")}'.`,
    ],
  };
  return answers[reason];
}

/** `6/15/2026 8:22:51 AM`. */
function utcTime(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString("en-US", { timeZone: "UTC" }).replace(",", "");
}

/** The challenge repeats the text (observed for a wrong issuer). */
function unauthorized(
  { endpoints }: Azure,
  tenant: Tenant | undefined,
  code: string,
  message: string,
): ManagementError {
  return new ManagementError(401, code, message, {
    "www-authenticate": `Bearer authorization_uri="${endpoints.login}/${tenant?.tenantId ?? ""}", error="invalid_token", error_description=${quoted(message)}`,
  });
}

/** As a quoted string (RFC 9110 section 5.6.4) of what headers can have, whatever audience the text names. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, String.raw`\$&`).replace(/[^ -~]/g, "?")}"`;
}
