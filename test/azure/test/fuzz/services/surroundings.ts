import * as fc from "fast-check";
import { isJsonObject } from "../../../src/base/json.ts";
import { faultServices } from "../../../src/http/faults/fault.ts";
import type { Route } from "../../../src/service/route.ts";
import { headers } from "../arbitraries/headers.ts";
import { jsonBody } from "../arbitraries/json-body.ts";
import { ofRoutes } from "../arbitraries/of-routes.ts";
import { requests } from "../arbitraries/request.ts";
import { filledPath, query } from "../arbitraries/uri.ts";
import type { FuzzService } from "../fuzz-service.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isJsonWhere } from "../is-json-where.ts";

const isOwnError = isJsonWhere(
  ({ error, message }) => isJsonObject(error) || typeof message === "string",
);

/** The cloud's metadata. */
export function metadataService(target: FuzzTarget, routes: readonly Route[]): FuzzService {
  return {
    name: "metadata",
    requests: ofRoutes(routes, (route) =>
      requests(route, {
        origin: target.endpoints.metadata,
        path: filledPath(route.path.split("?")[0] ?? "", {}),
        query: query(
          {},
          { "api-version": ["2023-11-01", "2022-09-01", "2019-05-01", "2015-01-01"] },
        ),
        headers: headers({ accept: "*/*" }, { "x-ms-client-request-id": ["x"] }),
      }),
    ),
    statuses: [400, 404, 501],
    contentTypes: ["application/json"],
    isError: isOwnError,
  };
}

/** GitHub Actions' OIDC provider. */
export function oidcService(target: FuzzTarget, routes: readonly Route[]): FuzzService {
  const authorization = `Bearer ${target.connection.oidc.requestToken}`;
  return {
    name: "oidc",
    requests: ofRoutes(routes, (route) =>
      requests(route, {
        origin: target.endpoints.oidc,
        path: filledPath(route.path, {}),
        query: query({ audience: ["api://AzureADTokenExchange", "a".repeat(3000)] }),
        headers: headers({ authorization }, { accept: ["text/html"] }),
      }),
    ),
    statuses: [400, 401, 404, 405, 501],
    contentTypes: ["application/json"],
    isError: isOwnError,
  };
}

/** Faults that no later request meets: only reading, good or bent, and taking away are of interest here. */
const faults = [
  {
    service: faultServices[0],
    kind: "status",
    status: 429,
    retryAfterSeconds: 1,
    method: "TRACE",
    path: "^/none$",
    when: "after",
    share: 0.5,
    seed: 1,
    count: 1,
  },
  { service: faultServices[1], kind: "latency", milliseconds: 1, method: "TRACE" },
];

/** The control address, which has no support table: it is no part of any Azure. */
export function controlService({
  connection,
  endpoints,
  site,
  virtualMachine,
}: FuzzTarget): FuzzService {
  const authorization = `Bearer ${connection.control.token}`;
  const sent = headers({ authorization }, { "content-type": ["application/json", ""] });
  const common = { origin: endpoints.control, headers: sent };
  const hosts = [site, virtualMachine].map(({ resourceId }) => resourceId.slice(1));
  const clear = { route: "/faults", method: "DELETE", path: "/faults", origin: endpoints.control };
  const faultRequests = ["GET", "PUT", "DELETE"].map((method) =>
    requests(
      { method, path: "/faults" },
      {
        ...common,
        path: filledPath("/faults", {}),
        ...(method === "PUT" ? { body: jsonBody(faults) } : {}),
      },
    ),
  );
  const hostRequests = requests(
    { method: "GET", path: "/hosts/{id}" },
    {
      ...common,
      path: filledPath("/hosts/{id}", { id: hosts }),
    },
  );
  return {
    name: "control",
    requests: fc.oneof(
      ...faultRequests,
      fc.constant({ ...clear, headers: { authorization } }),
      hostRequests,
    ),
    statuses: [400, 401, 404, 413, 501],
    contentTypes: ["application/json"],
    isError: isOwnError,
  };
}
