import type { SiteHost } from "../../service/site-host.ts";
import { isAllowed } from "../../world/access/access.ts";
import type { Resource } from "../../world/resource-records.ts";
import { deleteResource } from "../engine/delete-resource.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { lockedScopes } from "../engine/require-unlocked.ts";
import { findResource } from "../engine/resource-store.ts";
import { sitesOf } from "./plan.ts";

const type = "Microsoft.Web/sites";

/**
 * DELETE of a site: 200, or 204 when there was none. "By default, empty App Service plan is deleted" with its last site, unless
 * `deleteEmptyServerFarm=false` (https://learn.microsoft.com/rest/api/appservice/web-apps/delete). That a plan stays that is
 * locked or that the caller may not delete is unverified.
 */
export function deleteSite(path: string, siteHost: SiteHost): Operation {
  return {
    method: "DELETE",
    path,
    action: `${type}/delete`,
    handle: async (request) => {
      const { azure, id } = request;
      const site = findResource(azure.state, id);
      if (site === undefined) return new Response(null, { status: 204 });
      await deleteResource(azure, siteHost, site);
      const plan = emptyPlan(request, site);
      if (plan !== undefined) await deleteResource(azure, siteHost, plan);
      return new Response(null, { status: 200 });
    },
  };
}

function emptyPlan({ azure, caller, query }: ManagementRequest, site: Resource) {
  if (/^false$/i.test(query.get("deleteEmptyServerFarm") ?? "")) return undefined;
  const plan = findResource(azure.state, String(site.properties["serverFarmId"]));
  if (plan === undefined || sitesOf(azure.state, plan).length > 0) return undefined;
  if (lockedScopes(azure.state, "DELETE", plan.id).length > 0) return undefined;
  const mayDelete = isAllowed(azure, caller, "action", "Microsoft.Web/serverfarms/delete", plan.id);
  return mayDelete ? plan : undefined;
}
