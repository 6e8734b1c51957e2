import type { JsonObject } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { Operation } from "../engine/operation.ts";
import { locationDisplayName } from "../engine/regions.ts";
import { requireTopLevelResource } from "../engine/resource-store.ts";
import { webError } from "./errors.ts";
import { withEtag } from "./web-etag.ts";

const type = "Microsoft.Web/sites/hostNameBindings";
const path =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/sites/{name}/hostNameBindings";

/** The one host name of a site, App Service's own (https://learn.microsoft.com/rest/api/appservice/web-apps/list-host-name-bindings). */
export function hostNameBindingOperations(siteHost: SiteHost): Operation[] {
  return [
    withEtag({
      method: "GET",
      path,
      action: `${type}/read`,
      handle: async (request) => {
        const site = requireTopLevelResource(request);
        const value = [await hostNameBinding(site, siteHost)];
        return Response.json({ value, nextLink: null, id: null });
      },
    }),
    {
      method: "GET",
      path: `${path}/{hostName}`,
      action: `${type}/read`,
      handle: async (request) => {
        const hostName = request.param("hostName");
        const site = requireTopLevelResource(request);
        const binding = await hostNameBinding(site, siteHost);
        if (binding["name"] === `${site.name}/${hostName}`) return Response.json(binding);
        // The text is unverified.
        throw webError(
          404,
          "NotFound",
          "Cannot find {0} with name {1}.",
          ["HostNameBinding", hostName],
          "51004",
        );
      },
    },
  ];
}

async function hostNameBinding(site: Resource, siteHost: SiteHost): Promise<JsonObject> {
  const { main } = await siteHost.siteHostNames(site.id);
  return {
    id: `${site.id}/hostNameBindings/${main}`,
    name: `${site.name}/${main}`,
    type,
    location: locationDisplayName(site.location ?? ""),
    properties: { siteName: site.name, domainId: null, hostNameType: "Verified" },
  };
}
