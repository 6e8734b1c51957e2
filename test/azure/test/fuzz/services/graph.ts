import * as fc from "fast-check";
import { isJsonObject } from "../../../src/base/json.ts";
import type { Route } from "../../../src/service/route.ts";
import { headers } from "../arbitraries/headers.ts";
import { jsonBody } from "../arbitraries/json-body.ts";
import type { Json } from "../arbitraries/nasty-json.ts";
import { nastyUriPart } from "../arbitraries/nasty-text.ts";
import { ofRoutes } from "../arbitraries/of-routes.ts";
import { requests } from "../arbitraries/request.ts";
import { query } from "../arbitraries/uri.ts";
import type { FuzzRequest } from "../fuzz-request.ts";
import { fuzzTenants } from "../fuzz-seed.ts";
import type { FuzzService } from "../fuzz-service.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isJsonWhere } from "../is-json-where.ts";
import { readingByGet } from "../reading-by-get.ts";
import { bodyOf, credential, uniqueName } from "./graph-bodies.ts";

const { tenantId, deployer } = fuzzTenants.graph;

/** Microsoft Graph: every route of the support table in a tenant of its own. */
export async function graphService(
  target: FuzzTarget,
  routes: readonly Route[],
): Promise<FuzzService> {
  const authorization = await target.authorization("graph", "https://graph.microsoft.com");
  const origin = target.endpoints.graph;
  const sent = headers({ authorization, "content-type": "application/json" }, optionalHeaders);
  const write = (method: string, path: string, body: Json) =>
    target.send({
      route: path,
      origin,
      method,
      path: `/v1.0${path}`,
      headers: { authorization, "content-type": "application/json", prefer: "create-if-missing" },
      body: JSON.stringify(body),
    });
  return {
    name: "graph",
    requests: ofRoutes(routes, (route) => requestsOf(route, origin, sent)),
    statuses: [400, 401, 403, 404, 405, 409, 412, 413, 415, 501],
    contentTypes: ["application/json", "text/plain"],
    isError: isJsonWhere(({ error }) => isJsonObject(error) && typeof error["code"] === "string"),
    readingOf: readingByGet({ authorization }),
    renew: async () => {
      // Refused while it is not deleted.
      await write("POST", `/directory/deletedItems/${deployer.objectId}/restore`, {});
      const application = `/applications(uniqueName='${uniqueName}')`;
      const named = `/federatedIdentityCredentials(name='${credential}')`;
      await write("PATCH", application, { displayName: "fuzzed" });
      await write("PATCH", `${application}${named}`, bodyOf(named.replace(/\(.*/, "")));
    },
  };
}

function requestsOf(
  route: Route,
  origin: string,
  sent: fc.Arbitrary<FuzzRequest["headers"]>,
): fc.Arbitrary<FuzzRequest> {
  const version = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom("/v1.0", "/beta", "/V1.0") },
    { weight: 1, arbitrary: fc.constantFrom("/v2.0", "", "/") },
  );
  const body = fc.option(jsonBody(bodyOf(route.path)), { freq: 12, nil: undefined });
  return requests(route, {
    origin,
    path: fc.tuple(version, keyedPath(route.path)).map((parts) => parts.join("")),
    query: query(options),
    headers: sent,
    ...(["GET", "DELETE"].includes(route.method) ? {} : { body }),
  });
}

/** Values of the keys of what `renew` puts there and of the deployer, by collection and key. */
const keys: Readonly<Record<string, readonly string[]>> = {
  "applications uniqueName": [uniqueName],
  "federatedIdentityCredentials name": [credential],
  "servicePrincipals appId": [deployer.clientId],
  "servicePrincipals id": [deployer.objectId],
  "owners id": [deployer.objectId],
  "directoryObjects id": [deployer.objectId],
  "organization id": [tenantId],
};

/** `{id|appId}` behind a slash or in parentheses, by a key that exists mostly. */
function keyedPath(template: string): fc.Arbitrary<string> {
  const parts = template.split(/(\/[^/]+\/\{[^}]+\})/).map((part): fc.Arbitrary<string> => {
    const [, collection = "", names = ""] = /^\/([^/]+)\/\{([^}]+)\}$/.exec(part) ?? [];
    if (names === "") return fc.constant(part);
    const known = names.split("|").filter((name) => `${collection} ${name}` in keys);
    return fc
      .constantFrom(...(known.length === 0 ? ["id"] : known))
      .chain((name) =>
        keyed(name, keys[`${collection} ${name}`] ?? [deployer.objectId]).map(
          (key) => `/${collection}${key}`,
        ),
      );
  });
  return fc.tuple(...parts).map((filled) => filled.join(""));
}

function keyed(name: string, good: readonly string[]): fc.Arbitrary<string> {
  const value = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: nastyUriPart },
  );
  const plain = ["id", "name"].includes(name);
  return fc
    .tuple(value, fc.nat(plain ? 2 : 0))
    .map(([text, form]) => [`(${name}='${text}')`, `/${text}`, `('${text}')`][form] ?? "");
}

/** Pieces that make filters: most of their combinations are none. */
const pieces = [
  ..."' '' ( ) / , : $ % = & ? eq ne in and or not any startswith null true x é 1e99".split(" "),
  ..."displayName appId tags owners $ref __proto__ constructor 2026-01-15T12:00:00Z".split(" "),
];
const filters = [
  "displayName eq 'fuzzed'",
  `appId eq '${deployer.clientId}'`,
  "startswith(displayName,'f') and not(tags/any(t:t eq 'x'))",
  "id in ('a','b') or accountEnabled ne true",
  `${"(".repeat(400)}appId eq 'x'${")".repeat(400)}`,
  `${"not ".repeat(400)}appId eq 'x'`,
  ...pieces.flatMap((first, index) => [
    `displayName ${first} ${pieces.at(index - 3)}`,
    `${first}(${pieces.at(index - 7)})${pieces.at(index - 1)}`,
  ]),
].map(encodeURIComponent);

const options = {
  $filter: filters,
  $select: ["id", "id,appId", "displayName,displayName", "*", "nothing"],
  $top: ["1", "999", "0", "-1"],
  $orderby: ["displayName", "displayName%20desc", "createdDateTime%20asc"],
  $expand: ["owners", "owners($select=id)", "x"],
  $count: ["true", "false"],
  $skiptoken: ["x", "MQ", "eyJ4IjoxfQ"],
  $search: ["%22displayName:x%22"],
  $skip: ["1"],
};

const optionalHeaders = {
  prefer: ["create-if-missing", "return=minimal", "odata.maxpagesize=1"],
  consistencylevel: ["eventual", "session"],
  "if-match": ["*", '"x"'],
  "content-type": ["text/plain", "application/json;odata.metadata=minimal", ""],
  accept: ["application/json;odata.metadata=full", "text/plain"],
};
