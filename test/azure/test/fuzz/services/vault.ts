import * as fc from "fast-check";
import { isJsonObject } from "../../../src/base/json.ts";
import type { Route } from "../../../src/service/route.ts";
import { headers } from "../arbitraries/headers.ts";
import { jsonBody } from "../arbitraries/json-body.ts";
import { ofRoutes } from "../arbitraries/of-routes.ts";
import { requests } from "../arbitraries/request.ts";
import { filledPath, query } from "../arbitraries/uri.ts";
import { fuzzTenants } from "../fuzz-seed.ts";
import type { FuzzService } from "../fuzz-service.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isJsonWhere } from "../is-json-where.ts";
import { resourceBodies, signedInManage } from "../management-world.ts";
import { readingByGet } from "../reading-by-get.ts";

const group = `/subscriptions/${fuzzTenants.kept.subscriptionId}/resourceGroups/fuzz`;
const vault = `${group}/providers/Microsoft.KeyVault/vaults/fuzz-kept`;
const body = {
  value: "s3cret",
  contentType: "text/plain",
  tags: { stage: "dev" },
  attributes: { enabled: true, nbf: 1_700_000_000, exp: 4_000_000_000 },
};

/** Key Vault's data plane: every route of the support table at one vault, in both forms of its address. */
export async function vaultService(
  target: FuzzTarget,
  routes: readonly Route[],
): Promise<FuzzService> {
  const manage = await signedInManage(target, "kept");
  await manage("PUT", group, { location: "westeurope" });
  const made = await manage(
    "PUT",
    vault,
    resourceBodies("kept", group)["Microsoft.KeyVault/vaults"],
  );
  const { vaultUri } = (JSON.parse(made.body) as { properties: { vaultUri: string } }).properties;
  const authorization = await target.authorization("kept", "https://vault.azure.net");
  const { port } = new URL(target.endpoints.keyVault);
  const shared = { origin: target.endpoints.keyVault, host: `fuzz-kept.vault.localhost:${port}` };
  const own = { origin: new URL(vaultUri).origin, host: new URL(vaultUri).host };
  const hosts = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(shared, own) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(
          "unknown.vault.localhost",
          "vault.localhost",
          ".vault.localhost",
          "a.b.vault.localhost",
          "[::1]",
          "x y",
          "",
        )
        .map((host) => ({ ...shared, host })),
    },
  );
  return {
    name: "key-vault",
    requests: ofRoutes(routes, (route) =>
      hosts.chain(({ origin, host }) =>
        requests(route, {
          origin,
          path: filledPath(route.path, values),
          query: query(parameters, { "api-version": ["7.6", "7.6", "2025-07-01", "2016-10-01"] }),
          headers: headers(
            { host, authorization, "content-type": "application/json" },
            optionalHeaders,
          ),
          ...(["GET", "DELETE"].includes(route.method) ? {} : { body: jsonBody(body) }),
        }),
      ),
    ),
    statuses: [400, 401, 403, 404, 405, 409, 413, 415, 501],
    contentTypes: ["application/json"],
    readingOf: readingByGet({ authorization }, () => "?api-version=7.6"),
    isError: isJsonWhere(({ error }) => isJsonObject(error) && typeof error["code"] === "string"),
  };
}

const values = {
  name: ["fuzz", "fuzz", "Fuzz", "other"],
  version: ["0123456789abcdef0123456789abcdef"],
};

const parameters = {
  maxresults: ["1", "25", "26", "0"],
  $skiptoken: ["Zg", "x", "%00"],
};

const optionalHeaders = {
  "content-type": ["text/plain", "application/json; charset=utf-8", ""],
  "x-ms-client-request-id": ["x"],
  accept: ["text/html"],
};
