import type { Azure } from "../service/azure.ts";
import { isAllowed } from "../world/access/access.ts";
import type { Resource } from "../world/resource-records.ts";
import { audiencesOf } from "../world/tokens/apis.ts";
import { BearerRefused, type Caller, verifyBearer } from "../world/tokens/bearer.ts";

const action = "Microsoft.Web/sites/publish/action";

/**
 * The refusal of a request to a site's SCM site, or undefined for a caller who may publish there. Only Entra tokens for
 * Resource Manager are taken: publishing credentials are off
 * (https://learn.microsoft.com/azure/app-service/configure-basic-auth-disable). Texts unverified.
 */
export async function authorizePublish(
  azure: Azure,
  site: Resource,
  authorization: string | undefined,
): Promise<Response | undefined> {
  if (/^basic /i.test(authorization ?? ""))
    return unauthorized("basic authentication is disabled for this site");
  const audiences = audiencesOf(azure, "resource-manager");
  const caller = await verifyBearer(azure, authorization, audiences).catch((error: unknown) => {
    if (error instanceof BearerRefused) return error;
    throw error;
  });
  if (caller instanceof BearerRefused) return unauthorized(caller.message);
  return refuseCaller(azure, site, caller);
}

function refuseCaller(azure: Azure, site: Resource, caller: Caller): Response | undefined {
  if (caller.tenantId !== site.tenantId)
    return unauthorized("the token is of another tenant than the site's");
  if (isAllowed(azure, caller, "action", action, site.id)) return undefined;
  return new Response(
    `The client '${caller.appId}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${site.id}'.`,
    { status: 403 },
  );
}

function unauthorized(message: string): Response {
  return new Response(message, {
    status: 401,
    headers: { "www-authenticate": 'Basic realm="site"' },
  });
}
