import type { Route } from "../../../src/service/route.ts";
import { headers } from "../arbitraries/headers.ts";
import { ofRoutes } from "../arbitraries/of-routes.ts";
import { requests } from "../arbitraries/request.ts";
import { filledPath, query } from "../arbitraries/uri.ts";
import { fuzzTenants } from "../fuzz-seed.ts";
import type { FuzzService } from "../fuzz-service.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isJsonWhere } from "../is-json-where.ts";
import { tokenForm } from "./entra-form.ts";

const { tenantId, deployer } = fuzzTenants.kept;

/** The login endpoint: discovery, and token requests whose form and client assertion are bent. */
export async function entraService(
  target: FuzzTarget,
  routes: readonly Route[],
): Promise<FuzzService> {
  const origin = target.endpoints.login;
  const body = tokenForm(await target.assertion());
  return {
    name: "entra",
    requests: ofRoutes(routes, (route) => {
      const isToken = route.method === "POST";
      return requests(route, {
        origin,
        path: filledPath(route.path, values(target)),
        headers: headers({ "content-type": "application/x-www-form-urlencoded" }, optionalHeaders),
        ...(isToken ? { body } : { query: query(parameters(target)) }),
      });
    }),
    statuses: [400, 401, 403, 404, 405, 413, 415, 501],
    contentTypes: ["application/json"],
    isError: ({ status, ...answer }) =>
      status === 501 || status === 413
        ? isOwnError({ status, ...answer })
        : isEntraError({ status, ...answer }),
  };
}

const isOwnError = isJsonWhere(({ error }) => typeof error === "object");
const isEntraError = isJsonWhere(
  ({ error, error_description, error_codes, trace_id }) =>
    typeof error === "string" &&
    /^AADSTS\d+: /.test(String(error_description)) &&
    Array.isArray(error_codes) &&
    typeof trace_id === "string",
);

function values({ connection }: FuzzTarget) {
  const [kept] = connection.tenants;
  return {
    tenant: [tenantId, tenantId.toUpperCase(), kept?.domain ?? "", "common", "organizations"],
    path: ["oauth2/v2.0/token", "x"],
  };
}

function parameters({ connection, endpoints }: FuzzTarget) {
  const authorize = `${connection.loginEndpoint}/${tenantId}/oauth2/v2.0/authorize`;
  return {
    "api-version": ["1.1", "1.0"],
    authorization_endpoint: [authorize, endpoints.graph].map(encodeURIComponent),
    appid: [deployer.clientId],
  };
}

const optionalHeaders = {
  "content-type": ["application/json", "multipart/form-data; boundary=x", "text/plain", ""],
  authorization: ["Basic eDp5", "Bearer x"],
  "client-request-id": ["11111111-1111-4111-8111-111111111111"],
  origin: ["https://example.com"],
};
