import type { AppService } from "../app-service/app-service.ts";
import type { Resource } from "../state.ts";
import type { ManagementRequest, Operation } from "./operation.ts";
import { requireResource } from "./resource-store.ts";

const type = "Microsoft.Web/sites";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{name}`;

/** Start, stop and restart of a site (https://learn.microsoft.com/rest/api/appservice/web-apps): 200 without a body. */
export function siteActionOperations(appService: AppService): Operation[] {
  const turn = async (request: ManagementRequest, state: "Running" | "Stopped") => {
    const site = requireSite(request);
    site.properties["state"] = state;
    await appService.applySite(site);
    return new Response(null, { status: 200 });
  };
  return [
    action("start", (request) => turn(request, "Running")),
    action("stop", (request) => turn(request, "Stopped")),
    action("restart", async (request) => {
      const restarted = appService.restartSite(requireSite(request).id);
      if (request.query.get("synchronous") === "true") await restarted;
      // App Service has logged why; the answer does not wait for it.
      else restarted.catch(() => undefined);
      return new Response(null, { status: 200 });
    }),
  ];
}

function action(name: string, handle: Operation["handle"]): Operation {
  return { method: "POST", path: `${path}/${name}`, action: `${type}/${name}/action`, handle };
}

function requireSite(request: ManagementRequest): Resource {
  const id = request.id.slice(0, request.id.lastIndexOf("/"));
  return requireResource({ ...request, id });
}
