import { isJsonObject, type JsonObject, stringField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { State } from "../../world/state.ts";
import { listResources } from "../engine/resource-store.ts";
import { invalidParameter, webError } from "./errors.ts";

/**
 * Throws for a name that no App Service plan can have: 1 to 60 letters, digits and hyphens, of any script
 * (learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules), and underscores, which Azure takes
 * (hashicorp/terraform-provider-azurerm pull request 1351). The text is unverified.
 */
export function requirePlanName(name: string): void {
  if (/^[\p{L}\p{M}\p{N}_-]{1,60}$/u.test(name)) return;
  throw webError(
    400,
    "BadRequest",
    "The parameter name has an invalid value: '{0}'. A plan's name has 1 to 60 letters, digits, hyphens and underscores.",
    [name],
  );
}

/** SKU names by tier (azure/app-service/overview-hosting-plans; `az appservice plan create --sku`). */
const tiers: Readonly<Record<string, string>> = {
  Free: "F1",
  Shared: "D1",
  Basic: "B1 B2 B3",
  Standard: "S1 S2 S3",
  Premium: "P1 P2 P3",
  PremiumV2: "P1v2 P2v2 P3v2",
  Premium0V3: "P0v3",
  PremiumV3: "P1v3 P2v3 P3v3",
  PremiumMV3: "P1mv3 P2mv3 P3mv3 P4mv3 P5mv3",
  Premium0V4: "P0v4",
  PremiumV4: "P1v4 P2v4 P3v4",
  PremiumMV4: "P1mv4 P2mv4 P3mv4 P4mv4 P5mv4",
  Isolated: "I1 I2 I3",
  IsolatedV2: "I1v2 I2v2 I3v2 I4v2 I5v2 I6v2",
  IsolatedMV2: "I1mv2 I2mv2 I3mv2 I4mv2 I5mv2",
  Dynamic: "Y1",
  ElasticPremium: "EP1 EP2 EP3",
  FlexConsumption: "FC1",
  WorkflowStandard: "WS1 WS2 WS3",
};

/** Their workers are not the plan's own: exported templates give Y1 a capacity of 0; that the others may have it is unverified. */
const withoutWorkers = ["Free", "Shared", "Dynamic", "FlexConsumption"];

/**
 * A plan's SKU as App Service answers it: all but the capacity follows from the name, whatever the body says of the rest
 * (Azure/azure-rest-api-specs issue 9726); without a name it is F1. Throws BadRequest for a name that does not exist
 * (hashicorp/terraform-provider-azurerm issue 25205) and for a capacity that is no number of workers.
 */
export function planSku(sku: unknown): JsonObject {
  const given = isJsonObject(sku) ? sku : {};
  const wanted = (stringField(given, "name") ?? "F1").toLowerCase();
  for (const [tier, names] of Object.entries(tiers)) {
    const name = names.split(" ").find((known) => known.toLowerCase() === wanted);
    if (name === undefined) continue;
    const capacity = given["capacity"] ?? 1;
    if (!isCapacity(capacity, tier)) throw invalidParameter("SKU.Capacity");
    return { name, tier, size: name, family: name.replace(/\d/, ""), capacity };
  }
  throw invalidParameter("SKU.Name");
}

function isCapacity(capacity: unknown, tier: string): boolean {
  if (typeof capacity !== "number" || !Number.isInteger(capacity)) return false;
  return capacity >= (withoutWorkers.includes(tier) ? 0 : 1);
}

/** The sites on an App Service plan, which are in its subscription. */
export function sitesOf(state: State, plan: Resource): Resource[] {
  const sites = listResources(
    state,
    "Microsoft.Web/sites",
    `/subscriptions/${plan.subscriptionId}`,
  );
  return sites.filter(
    ({ properties }) => String(properties["serverFarmId"]).toLowerCase() === plan.id.toLowerCase(),
  );
}
