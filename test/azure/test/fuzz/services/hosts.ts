import * as fc from "fast-check";
import { isJsonObject } from "../../../src/base/json.ts";
import type { Route } from "../../../src/service/route.ts";
import { headers } from "../arbitraries/headers.ts";
import { ofRoutes } from "../arbitraries/of-routes.ts";
import { requests } from "../arbitraries/request.ts";
import { filledPath, query } from "../arbitraries/uri.ts";
import { fuzzTenants } from "../fuzz-seed.ts";
import type { FuzzService } from "../fuzz-service.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isJsonWhere } from "../is-json-where.ts";
import { resourceBodies, signedInManage } from "../management-world.ts";

const resources = [
  "https://storage.azure.com",
  "api://AzureADTokenExchange",
  "https://x",
  "a".repeat(3000),
];

/** App Service's managed identity endpoint, as a process of the planted site reaches it. */
export function identityEndpointService(
  { site }: FuzzTarget,
  routes: readonly Route[],
): FuzzService {
  const { IDENTITY_ENDPOINT = "", IDENTITY_HEADER: secret = "" } = site.environment;
  const optional = { secret: [secret], metadata: ["true"], "x-identity-header": ["x"] };
  return {
    name: "managed-identity",
    requests: ofRoutes(routes, (route) =>
      requests(route, {
        origin: new URL(IDENTITY_ENDPOINT).origin,
        path: filledPath(route.path, {}),
        query: query(selectors(site.resourceId), {
          mi_res_id: [encodeURIComponent(identityBeside(site.resourceId))],
          "api-version": ["2019-08-01", "2019-08-01", "2017-09-01", "2099-01-01"],
          resource: resources.map(encodeURIComponent),
        }),
        headers: headers({ "x-identity-header": secret }, optional),
      }),
    ),
    // 500, in these words, is how App Service tells that Entra has refused (observed).
    statuses: [400, 401, 404, 405, 500, 501],
    contentTypes: ["application/json", "text/plain"],
    isError: (answer) =>
      answer.status === 501 ||
      (isAppServiceError(answer) &&
        (answer.status !== 500 || answer.body.includes("while fetching the AAD Token"))),
  };
}

const isAppServiceError = isJsonWhere(
  // The last is what it has against a missing api-version.
  ({ message, Message, error }) =>
    typeof (message ?? Message) === "string" ||
    (isJsonObject(error) && error["code"] === "ApiVersionUnspecified"),
);

/** Each answers 20 requests per second. */
const MACHINES = 20;

/** The instance metadata services of some virtual machines. */
export async function metadataServiceOfMachine(
  target: FuzzTarget,
  routes: readonly Route[],
): Promise<FuzzService> {
  const machines = await startMachines(target);
  const optional = { "x-forwarded-for": ["127.0.0.1"], metadata: ["True", "false"] };
  const ofMachine = (origin: string) =>
    ofRoutes(routes, (route) =>
      requests(route, {
        origin,
        path: filledPath(route.path, { path: ["x"] }),
        query: query(selectors(target.virtualMachine.resourceId), {
          "api-version": ["2018-02-01", "2018-02-01", "2021-02-01", "1999-01-01"],
          resource: resources.map(encodeURIComponent),
        }),
        headers: headers({ metadata: "true" }, optional),
      }),
    );
  return {
    name: "instance-metadata",
    requests: fc.oneof(...machines.map(ofMachine)),
    statuses: [400, 404, 405, 410, 429, 501],
    contentTypes: ["application/json"],
    isError: isJsonWhere(({ error }) => typeof error === "string" || isJsonObject(error)),
  };
}

async function startMachines(target: FuzzTarget): Promise<string[]> {
  const manage = await signedInManage(target, "kept");
  const group = `/subscriptions/${fuzzTenants.kept.subscriptionId}/resourceGroups/fuzz`;
  await manage("PUT", group, { location: "westeurope" });
  const { control } = target.connection;
  const names = Array.from({ length: MACHINES }, (_, index) => `machine${index}`);
  return Promise.all(
    names.map(async (name) => {
      const id = `${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
      await manage("PUT", id, resourceBodies("kept", group)["Microsoft.Compute/virtualMachines"]);
      const { body } = await target.send({
        route: "/hosts",
        origin: control.url,
        method: "GET",
        path: `/hosts${id}`,
        headers: { authorization: `Bearer ${control.token}` },
      });
      const environment = JSON.parse(body) as Record<string, string>;
      return environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"] ?? "";
    }),
  );
}

/** The identity that was planted with a host. */
function identityBeside(hostId: string): string {
  const group = hostId.slice(0, hostId.indexOf("/providers/"));
  return `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/host`;
}

function selectors(hostId: string) {
  const guid = "11111111-1111-4111-8111-111111111111";
  return {
    client_id: [guid],
    clientid: [guid],
    object_id: [guid],
    principal_id: [guid],
    msi_res_id: [identityBeside(hostId), hostId].map(encodeURIComponent),
    bypass_cache: ["true"],
  };
}
