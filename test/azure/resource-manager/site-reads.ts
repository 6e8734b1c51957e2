import type { AppService } from "../app-service/app-service.ts";
import type { Resource } from "../state.ts";
import type { JsonObject } from "./json-object.ts";
import type { Operation } from "./operation.ts";
import { webConfig } from "./site-config.ts";
import { webError } from "./web-error.ts";
import { requireTopLevelResource } from "./require-top-level-resource.ts";

const type = "Microsoft.Web/sites";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{name}`;

/** What tools read of a site beside its configuration (https://learn.microsoft.com/rest/api/appservice/web-apps). */
export function siteReadOperations(appService: AppService): Operation[] {
  return [
    {
      method: "GET",
      path: `${path}/config`,
      action: `${type}/config/read`,
      handle: (request) => Response.json({ value: [webConfig(requireTopLevelResource(request))] }),
    },
    {
      method: "GET",
      path: `${path}/hostNameBindings`,
      action: `${type}/hostNameBindings/read`,
      handle: async (request) => {
        const site = requireTopLevelResource(request);
        return Response.json({ value: [await hostNameBinding(site, appService)] });
      },
    },
    {
      method: "GET",
      path: `${path}/hostNameBindings/{hostName}`,
      action: `${type}/hostNameBindings/read`,
      handle: async (request) => {
        const hostName = request.param("hostName");
        const site = requireTopLevelResource(request);
        const binding = await hostNameBinding(site, appService);
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
    {
      method: "GET",
      path: `${path}/slots`,
      action: `${type}/slots/read`,
      handle: (request) => {
        requireTopLevelResource(request);
        return Response.json({ value: [] });
      },
    },
    {
      method: "POST",
      path: `${path}/config/backup/list`,
      action: `${type}/config/list/action`,
      handle: (request) => {
        const { name } = requireTopLevelResource(request);
        // Azure answers 404 for a site without backups; the text is unverified.
        throw webError(404, "NotFound", "Backup configuration not found for site '{0}'.", [name]);
      },
    },
    {
      method: "POST",
      path: `${path}/config/publishingcredentials/list`,
      action: `${type}/config/list/action`,
      missing: "the password: nothing here takes one",
      handle: async (request) => {
        const site = requireTopLevelResource(request);
        return Response.json(await publishingCredentials(site, appService));
      },
    },
  ];
}

async function hostNameBinding(site: Resource, appService: AppService): Promise<JsonObject> {
  const { main } = await appService.siteHosts(site.id);
  return {
    id: `${site.id}/hostNameBindings/${main}`,
    name: `${site.name}/${main}`,
    type: `${type}/hostNameBindings`,
    location: site.location,
    properties: { siteName: site.name, hostNameType: "Verified" },
  };
}

async function publishingCredentials(site: Resource, appService: AppService): Promise<JsonObject> {
  const { scm } = await appService.siteHosts(site.id);
  const publishingUserName = `$${site.name}`;
  return {
    id: `${site.id}/publishingcredentials/${publishingUserName}`,
    name: site.name,
    type: `${type}/publishingcredentials`,
    location: site.location,
    properties: {
      name: null,
      publishingUserName,
      publishingPassword: null,
      scmUri: `https://${scm}`,
    },
  };
}
