import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject, stringField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { State } from "../../world/state.ts";
import type { ManagementRequest } from "../engine/operation.ts";
import { locationDisplayName } from "../engine/regions.ts";
import { renderResource } from "../engine/resource-store.ts";
import { sitesOf } from "./plan.ts";
import { groupOf, STAMP, webSpace } from "./web-space.ts";

/** What App Service answers for a plan beside its SKU (22 recorded answers of 2022-03-01 and 2020-09-01). */
const defaults: JsonObject = {
  workerSize: "Default",
  workerSizeId: 0,
  workerTierName: null,
  currentWorkerSize: "Default",
  currentWorkerSizeId: 0,
  adminSiteName: null,
  hostingEnvironment: null,
  hostingEnvironmentProfile: null,
  planName: "VirtualDedicatedPlan",
  adminRuntimeSiteName: null,
  computeMode: "Dedicated",
  siteMode: null,
  perSiteScaling: false,
  elasticScaleEnabled: false,
  maximumElasticWorkerCount: 1,
  hostingEnvironmentId: null,
  isSpot: false,
  spotExpirationTime: null,
  freeOfferExpirationTime: null,
  reserved: false,
  isXenon: false,
  hyperV: false,
  targetWorkerCount: 0,
  targetWorkerSizeId: 0,
  webSiteId: null,
  existingServerFarmIds: null,
  kubeEnvironmentProfile: null,
  zoneRedundant: false,
};

/** How many workers a plan of a tier may have (recorded: Basic and Standard; the others are of azure/app-service/overview-hosting-plans). */
const mostWorkers: Readonly<Record<string, number>> = {
  Free: 1,
  Shared: 1,
  Basic: 3,
  Standard: 10,
};

/** A plan as its GET answers it. */
export function renderPlan(plan: Resource, state: State): JsonObject {
  const { id, name, kind, subscriptionId, properties: given } = plan;
  const sku = isJsonObject(plan.sku) ? plan.sku : {};
  const workers = Number(sku["capacity"] ?? 1);
  const location = locationDisplayName(plan.location ?? "");
  const number = planNumber(id);
  const properties = {
    ...defaults,
    ...given,
    serverFarmId: number,
    name,
    kind,
    numberOfWorkers: workers,
    currentNumberOfWorkers: workers,
    maximumNumberOfWorkers: mostWorkers[stringField(sku, "tier") ?? ""] ?? 30,
    webSpace: webSpace(plan, given["reserved"] === true),
    subscription: subscriptionId,
    geoRegion: location,
    numberOfSites: sitesOf(state, plan).length,
    tags: plan.tags ?? null,
    resourceGroup: groupOf(id),
    mdmId: `${STAMP}_${number}`,
    status: "Ready",
    provisioningState: "Succeeded",
  };
  return { ...renderResource(plan), location, properties };
}

/** The answer to a PUT: the location as it was sent, the SKU a second time, and no maximum yet (10 of 10). */
export function renderWrittenPlan(plan: Resource, { azure, body }: ManagementRequest): JsonObject {
  const rendered = renderPlan(plan, azure.state);
  const properties = isJsonObject(rendered["properties"]) ? rendered["properties"] : {};
  const location = stringField(body, "location") || rendered["location"];
  return {
    ...rendered,
    location,
    properties: { ...properties, sku: plan.sku, maximumNumberOfWorkers: 0 },
  };
}

/** A number of its own for each plan, the same at every reading. */
function planNumber(id: string): number {
  const hash = createHash("sha256").update(id.toLowerCase()).digest();
  return 10_000 + (hash.readUInt32BE() % 90_000);
}
