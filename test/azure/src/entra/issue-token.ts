import { randomBytes, randomInt } from "node:crypto";
import { SignJWT } from "jose";
import type { Azure } from "../service/azure.ts";
import type { IssuedToken } from "../service/token-issuer.ts";
import { epochSeconds } from "../world/clock.ts";
import type { ServicePrincipal } from "../world/directory-records.ts";
import { grantedRoles } from "../world/directory/app-roles.ts";
import { v1Issuer, v2Issuer } from "../world/names/issuers.ts";
import type { TokenApi } from "../world/tokens/apis.ts";
import { requireEnabled } from "./rules/client.ts";
import { requireResource, requireUsableResource } from "./rules/resource.ts";

const MANAGED_IDENTITY_SECONDS = 24 * 3600;

/**
 * Issues a managed identity's token, valid for 24 hours as observed on Azure. Throws EntraError when the resource
 * does not exist or the identity's service principal is disabled.
 */
export async function issueManagedIdentityToken(
  azure: Azure,
  principal: ServicePrincipal,
  resource: string,
): Promise<IssuedToken> {
  requireEnabled(principal);
  const target = requireResource(azure, resource, principal.tenantId);
  requireUsableResource(azure, target, principal);
  const lifetime = azure.tokenLifetimes?.managedIdentitySeconds ?? MANAGED_IDENTITY_SECONDS;
  return sign(azure, principal, target, lifetime, identityClaim(principal));
}

/**
 * Issues the token of an application or managed identity that signed in with a federated identity credential: 60 to 90
 * minutes, random, as Microsoft's "access token lifetime" says; `xms_ficinfo` marks how it was obtained. That a managed
 * identity's is of that length and names its resource is unverified.
 */
export async function issueApplicationToken(
  azure: Azure,
  principal: ServicePrincipal,
  target: TokenApi,
): Promise<IssuedToken> {
  const lifetime = azure.tokenLifetimes?.applicationSeconds ?? randomInt(3600, 5401);
  return sign(azure, principal, target, lifetime, {
    ...identityClaim(principal),
    xms_ficinfo: opaque(16),
  });
}

/** The resource of a managed identity. Its resourceGroups segment is lower case in this claim (observed). */
function identityClaim({ servicePrincipalType, alternativeNames }: ServicePrincipal) {
  if (servicePrincipalType !== "ManagedIdentity") return {};
  return { xms_mirid: alternativeNames.at(-1)?.replace(/\/resourceGroups\//i, "/resourcegroups/") };
}

async function sign(
  azure: Azure,
  principal: ServicePrincipal,
  target: TokenApi,
  lifetime: number,
  extra: Record<string, string | undefined>,
): Promise<IssuedToken> {
  const { tenantId, objectId } = principal;
  const key = azure.keys.get(tenantId);
  if (key === undefined) throw new Error(`no signing key for tenant "${tenantId}"`);
  const v2 = target.version === 2;
  const now = epochSeconds(azure.clock);
  // Entra dates its tokens five minutes back, for clocks that lag (observed: exp - iat is the lifetime plus 300 s).
  const notBefore = now - 300;
  const expiresOn = now + lifetime;
  const roles = rolesAt(azure, principal, target);
  const token = await new SignJWT({
    aud: target.audience,
    iss: v2 ? v2Issuer(azure, tenantId) : v1Issuer(tenantId),
    iat: notBefore,
    nbf: notBefore,
    exp: expiresOn,
    aio: opaque(24),
    ...(v2 ? v2Claims(principal) : v1Claims(principal)),
    idtyp: "app",
    oid: objectId,
    rh: `1.${opaque(24)}`,
    ...(roles.length > 0 ? { roles } : {}),
    sub: objectId,
    tid: tenantId,
    uti: opaque(16),
    ...extra,
  })
    .setProtectedHeader({ typ: "JWT", alg: "RS256", ...(v2 ? {} : { x5t: key.kid }), kid: key.kid })
    .sign(key.privateKey);
  return { token, notBefore, expiresOn, expiresIn: lifetime - 1 };
}

function rolesAt(
  azure: Azure,
  client: ServicePrincipal,
  { name, principal: resource }: TokenApi,
): readonly string[] {
  if (name === "graph") return client.graphPermissions;
  return resource === undefined ? [] : grantedRoles(azure, client, resource);
}

// "2" is a certificate; that federated credentials and managed identities are reported so is unverified.
function v1Claims({ appId, tenantId }: ServicePrincipal) {
  return { appid: appId, appidacr: "2", idp: v1Issuer(tenantId), ver: "1.0" };
}

function v2Claims({ appId }: ServicePrincipal) {
  return { azp: appId, azpacr: "2", ver: "2.0" };
}

function opaque(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}
