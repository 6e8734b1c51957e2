import type { SiteHost } from "../../service/site-host.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { requireTopLevelResource } from "../engine/resource-store.ts";
import { withEtag } from "./web-etag.ts";

const type = "Microsoft.Web/sites";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{name}`;

/** Start, stop and restart of a site (https://learn.microsoft.com/rest/api/appservice/web-apps): 200 without a body. */
export function siteActionOperations(siteHost: SiteHost): Operation[] {
  const turn = async (request: ManagementRequest, state: "Running" | "Stopped") => {
    const site = requireTopLevelResource(request);
    site.properties["state"] = state;
    await siteHost.applySite(site);
    return new Response(null, { status: 200 });
  };
  return [
    withEtag(action("start", (request) => turn(request, "Running"))),
    withEtag(action("stop", (request) => turn(request, "Stopped"))),
    action("restart", async (request) => {
      const restarted = siteHost.restartSite(requireTopLevelResource(request).id);
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
