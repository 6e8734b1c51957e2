import * as fc from "fast-check";
import { isJsonObject } from "../../../src/base/json.ts";
import type { Route } from "../../../src/service/route.ts";
import { headers } from "../arbitraries/headers.ts";
import { jsonBody } from "../arbitraries/json-body.ts";
import { ofRoutes } from "../arbitraries/of-routes.ts";
import { requests } from "../arbitraries/request.ts";
import { filledPath, query } from "../arbitraries/uri.ts";
import type { FuzzRequest } from "../fuzz-request.ts";
import { fuzzTenants } from "../fuzz-seed.ts";
import type { FuzzService } from "../fuzz-service.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isJsonWhere } from "../is-json-where.ts";
import { signedInManage, versionFor } from "../management-world.ts";
import { readingByGet } from "../reading-by-get.ts";
import {
  managedResources as bodies,
  goodBody,
  managedGroup as group,
} from "./management-bodies.ts";

const { subscriptionId, deployer } = fuzzTenants.management;
const subscription = `/subscriptions/${subscriptionId}`;

const keyVault = `${subscription}/providers/Microsoft.KeyVault`;

/** Names that exist mostly, with a few that do not, so that there is never much of anything. */
const names = ["fuzz", "fuzz", "fuzz", "FUZZ", "other"];
const values = {
  subscriptionId: [subscriptionId, subscriptionId, subscriptionId.toUpperCase()],
  resourceGroupName: names,
  name: names,
  resourceName: names,
  lockName: names,
  accountName: ["fuzzmanaged", "fuzzmanaged", "fuzzother"],
  vaultName: ["fuzz-managed", "fuzz-managed", "fuzz-other"],
  containerName: ["blobs", "other"],
  location: ["westeurope", "nowhere"],
  namespace: ["Microsoft.Storage", "microsoft.web", "Microsoft.Nothing"],
  roleAssignmentName: ["33333333-3333-4333-8333-333333333333"],
  roleDefinitionId: ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"],
  operationId: ["55555555-5555-4555-8555-555555555555"],
  scope: [
    subscription,
    group,
    group,
    ...Object.keys(bodies).map((type) => `${group}/providers/${type}/${nameOf(type)}`),
    `/${group}`,
  ],
};

/** Azure Resource Manager: every route of the support table in a tenant of its own. */
export async function managementService(
  target: FuzzTarget,
  routes: readonly Route[],
): Promise<FuzzService> {
  const manage = await signedInManage(target, "management");
  const authorization = await target.authorization("management", "https://management.azure.com");
  const origin = target.endpoints.resourceManager;
  const listed = async (path: string) => {
    const { value } = JSON.parse((await manage("GET", path)).body) as { value: { id: string }[] };
    return value;
  };
  return {
    name: "resource-manager",
    requests: ofRoutes(routes, (route) => requestsOf(route, origin, authorization)),
    statuses: [400, 401, 403, 404, 405, 409, 412, 413, 415, 501],
    // A publishing profile is XML.
    contentTypes: ["application/json", "application/xml"],
    isError: isJsonWhere(({ error, Code }) =>
      // App Service has a form of its own.
      isJsonObject(error) ? typeof error["code"] === "string" : typeof Code === "string",
    ),
    readingOf: readingByGet({ authorization }, (path) => `?api-version=${versionFor("GET", path)}`),
    renew: async () => {
      for (const { id } of await listed(`${subscription}/providers/Microsoft.Authorization/locks`))
        await manage("DELETE", encodeURI(id));
      for (const namespace of ["Web", "Storage", "KeyVault", "ManagedIdentity", "Compute"])
        await manage("POST", `${subscription}/providers/Microsoft.${namespace}/register`);
      for (const { id } of await listed(`${keyVault}/deletedVaults`))
        await manage("POST", `${encodeURI(id)}/purge`);
      await manage("PUT", group, { location: "westeurope" });
      for (const [type, body] of Object.entries(bodies))
        await manage("PUT", `${group}/providers/${type}/${nameOf(type)}`, body);
      const account = `${group}/providers/Microsoft.Storage/storageAccounts/fuzzmanaged`;
      await manage("PUT", `${account}/blobServices/default/containers/blobs`, {});
    },
  };
}

function nameOf(type: string): string {
  const own: Readonly<Record<string, string>> = {
    "Microsoft.Storage/storageAccounts": "fuzzmanaged",
    "Microsoft.KeyVault/vaults": "fuzz-managed",
    "Microsoft.Web/sites": "fuzz-managed-site",
  };
  return own[type] ?? "fuzz";
}

function requestsOf(
  route: Route,
  origin: string,
  authorization: string,
): fc.Arbitrary<FuzzRequest> {
  const [template = ""] = route.path.split("?");
  const version = versionFor(route.method, template.replace("{scope}", group));
  const isSite = template.includes("/sites/");
  const body = fc.option(jsonBody(goodBody(template)), { freq: 12, nil: undefined });
  return requests(route, {
    origin,
    path: filledPath(template, isSite ? { ...values, name: sites } : values),
    query: query(parameters, { "api-version": [...Array<string>(12).fill(version), ...versions] }),
    headers: headers({ authorization, "content-type": "application/json" }, optionalHeaders),
    ...(["GET", "HEAD"].includes(route.method) ? {} : { body }),
  });
}

const sites = ["fuzz-managed-site", "fuzz-managed-site", "Fuzz-managed-site"];
const versions = ["2015-01-01", "2099-01-01", "2022-09-01-preview"];

const filters = [
  "atScope()",
  `principalId eq '${deployer.objectId}'`,
  `assignedTo('${deployer.objectId}')`,
  "roleName eq 'Reader'",
  "type eq 'CustomRole'",
  "resourceType eq 'Microsoft.Storage/storageAccounts'",
  "tagName eq 'stage' and tagValue eq 'dev'",
  "substringof('x', name)",
  "name eq 'a' or (location eq 'b' and not(name eq 'c'))",
  "((((((((((",
];

const parameters = {
  $filter: filters.map(encodeURIComponent),
  $top: ["1", "1000", "-1"],
  $expand: ["properties", "createdTime"],
  $skiptoken: ["x", "MQ", "%7B%7D"],
  forceDeletionTypes: ["Microsoft.Compute/virtualMachines"],
  deleteEmptyServerFarm: ["true", "false"],
};

const optionalHeaders = {
  "if-match": ["*", '"x"', 'W/"x"'],
  "if-none-match": ["*", '"x"'],
  "content-type": ["text/plain", "application/json; charset=utf-16", "multipart/form-data", ""],
  accept: ["text/html", "*/*"],
  "accept-encoding": ["gzip", "x"],
  "content-encoding": ["gzip"],
  "x-ms-client-request-id": ["x"],
  "x-ms-return-client-request-id": ["true"],
  "x-ms-correlation-request-id": ["11111111-1111-4111-8111-111111111111"],
  "x-http-method-override": ["DELETE"],
};
