import type { Azure } from "../service/azure.ts";
import { audiencesOf } from "../world/tokens/apis.ts";
import { BearerRefused, verifyBearer } from "../world/tokens/bearer.ts";
import { GraphError, notImplemented, tokenRefused, unreadable } from "./engine/errors.ts";
import { requireJsonContentType } from "./engine/json-body.ts";
import { requirePermission } from "./engine/permissions.ts";
import { respond } from "./engine/respond.ts";
import { type EntityKey, routePath } from "./engine/route-path.ts";
import type { GraphRequest, GraphRoute } from "./engine/route.ts";
import { graphRoutes } from "./routes.ts";

const compiled = graphRoutes.map((route) => ({ route, match: routePath(route.path) }));

/**
 * Answers one request, or renders the first refusal. Graph does not publish the order of its checks; here it is:
 *
 * 1. the access token: 401 (bearer.ts)
 * 2. the version is one, behind which no address stands: 400; method and path are a route that is emulated: 501
 * 3. a body is declared as JSON: 400 (requireJsonContentType)
 * 4. the token holds a permission for the route: 403 (permissions.ts)
 *
 * then, in the route's handler,
 *
 * 5. the objects that the path names exist in the caller's tenant: 404 (addressed-objects.ts)
 * 6. under Application.ReadWrite.OwnedBy the caller owns the object it changes: 403 (permissions.ts)
 * 7. the query options, or the body: it is JSON, its properties exist, may be written and are in form: 400
 * 8. what it wants agrees with what there is: references, uniqueness, limits: 400, 403, 404, 409
 */
export async function answerRequest(
  azure: Azure,
  request: Request,
  send: GraphRequest["send"],
): Promise<Response> {
  try {
    const authorization = request.headers.get("authorization") ?? undefined;
    const caller = await verifyBearer(azure, authorization, audiencesOf(azure, "graph"));
    const url = new URL(request.url);
    const { version, path } = decode(url);
    refuseAddress(version, path);
    const { route, keys } = findRoute(request.method, path);
    if (route?.supported === undefined || route.supported === "no") {
      throw notImplemented(`${request.method} ${url.pathname}`);
    }
    const body = await request.text();
    const { method, headers } = request;
    if (method !== "GET" && method !== "DELETE") requireJsonContentType(headers, body);
    requirePermission(caller, route.permissions);
    const read: GraphRequest = { azure, caller, url, version, headers, body, keys, send };
    return respond(azure, request, await route.handle(read));
  } catch (error) {
    if (error instanceof GraphError) return respond(azure, request, error);
    if (error instanceof BearerRefused) return respond(azure, request, tokenRefused(error));
    throw error;
  }
}

/** Version and path of a request. Throws a 400 when the path is not UTF-8. */
function decode({ pathname }: URL): { version: string; path: string } {
  try {
    const [, version = "", ...rest] = decodeURIComponent(pathname).split("/");
    return { version: version.toLowerCase(), path: `/${rest.join("/")}`.replace(/(.)\/$/, "$1") };
  } catch {
    throw unreadable("The request URI is not valid UTF-8.");
  }
}

/**
 * Throws the gateway's 400 for a version that there is not, and for an address or version where the path should begin, as
 * clients put it into batches (observed: msgraph-sample-blazor-clientside#94, msgraph-sdk-java#935, msgraph-sdk-javascript#1178).
 */
function refuseAddress(version: string, path: string): void {
  if (version !== "v1.0" && version !== "beta") throw unreadable("Invalid version.");
  const [, segment = ""] = path.split("/");
  if (/^(?:https?:|v1\.0|beta)$/i.test(segment)) {
    throw unreadable(`Resource not found for the segment '${segment}'.`);
  }
}

function findRoute(
  method: string,
  path: string,
): { route?: GraphRoute; keys: ReadonlyMap<string, EntityKey> } {
  for (const { route, match } of compiled) {
    const keys = route.method === method ? match(path) : undefined;
    if (keys !== undefined) return { route, keys };
  }
  return { keys: new Map() };
}
