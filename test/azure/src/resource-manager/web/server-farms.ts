import { isJsonObject, type JsonObject, objectField } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import { readOperations } from "../engine/common-operations.ts";
import { deleteResource } from "../engine/delete-resource.ts";
import { givenProperties } from "../engine/given-properties.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { requireLocation } from "../engine/require-location.ts";
import {
  findResource,
  putResource,
  requireResource,
  requireResourceGroup,
  requireTopLevelResource,
  writeEnvelope,
} from "../engine/resource-store.ts";
import { invalidParameter, webError } from "./errors.ts";
import { planSku, requirePlanName, sitesOf } from "./plan.ts";
import { renderPlan, renderWrittenPlan } from "./render-plan.ts";
import { renderSite } from "./render-site.ts";
import { withEtag } from "./web-etag.ts";
import { webList } from "./web-list.ts";

const type = "Microsoft.Web/serverfarms";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{name}`;

/** App Service plans (https://learn.microsoft.com/rest/api/appservice/app-service-plans). */
export function serverFarmOperations(siteHost: SiteHost): Operation[] {
  return [
    ...readOperations(type, path, renderPlan, webList),
    withEtag({ method: "PUT", path, action: `${type}/write`, handle: put }),
    withEtag({ method: "PATCH", path, action: `${type}/write`, handle: patch }),
    {
      method: "DELETE",
      path,
      action: `${type}/delete`,
      handle: (request) => remove(request, siteHost),
    },
    {
      method: "GET",
      path: `${path}/sites`,
      action: `${type}/sites/read`,
      handle: async (request) => {
        const plan = requireTopLevelResource(request);
        const { state } = request.azure;
        const sites = sitesOf(state, plan).map((site) => renderSite(site, siteHost, state));
        return webList(request, await Promise.all(sites));
      },
    },
  ];
}

function put(request: ManagementRequest): Response {
  const { azure, id, body, param } = request;
  requireResourceGroup(azure.state, id);
  requireLocation(request);
  requirePlanName(param("name"));
  const sku = planSku(body["sku"] ?? findResource(azure.state, id)?.sku);
  const { resource } = putResource(request, type, planProperties(body));
  resource.sku = sku;
  resource.kind ??= kindOf(resource);
  return Response.json(renderWrittenPlan(resource, request));
}

function patch(request: ManagementRequest): Response {
  const plan = requireResource(request);
  requireLocation(request);
  const held = isJsonObject(plan.sku) ? plan.sku : {};
  const sku = planSku({ ...held, ...objectField(request.body, "sku") });
  const properties = planProperties(request.body);
  writeEnvelope(plan, request.body);
  plan.sku = sku;
  Object.assign(plan.properties, properties);
  return Response.json(renderWrittenPlan(plan, request));
}

function planProperties(body: JsonObject): JsonObject {
  const given = givenProperties(body);
  if (!["undefined", "boolean"].includes(typeof given["reserved"]))
    throw invalidParameter("Reserved");
  return given;
}

/**
 * The kind of a plan whose body names none, as the portal's templates and the answers in
 * learn.microsoft.com/rest/api/appservice/app-service-plans have it: `reserved` is the word for Linux.
 */
function kindOf({ sku, properties }: Resource): string {
  const tier = isJsonObject(sku) ? sku["tier"] : undefined;
  if (tier === "Dynamic") return "functionapp";
  if (tier === "ElasticPremium") return "elastic";
  return properties["reserved"] === true ? "linux" : "app";
}

async function remove({ azure, id }: ManagementRequest, siteHost: SiteHost): Promise<Response> {
  const plan = findResource(azure.state, id);
  if (plan === undefined) return new Response(null, { status: 204 });
  const sites = sitesOf(azure.state, plan).map(({ name }) => name);
  if (sites.length > 0)
    throw webError(
      409,
      "Conflict",
      "Server farm '{0}' cannot be deleted because it has web app(s) {1} assigned to it.",
      [plan.name, sites.join(", ")],
      "11003",
    );
  await deleteResource(azure, siteHost, plan);
  return new Response(null, { status: 200 });
}
