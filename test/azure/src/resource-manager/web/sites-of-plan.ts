import type { Resource } from "../../world/resource-records.ts";
import type { State } from "../../world/state.ts";
import { listResources } from "../engine/resource-store.ts";

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
