import { type JsonObject, objectField, objectListField, stringMapField } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import { requireSettings } from "../../world/resources/site-config.ts";
import { givenProperties } from "../engine/given-properties.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { locationDisplayName } from "../engine/regions.ts";
import { requireTopLevelResource } from "../engine/resource-store.ts";
import { requireEmulatedConfig } from "./emulated-config.ts";
import { requireSiteConfigProperties } from "./site-properties.ts";
import { webConfig, writtenWebConfig } from "./web-config.ts";
import { withEtag } from "./web-etag.ts";

const path =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/sites/{name}/config";
const action = "Microsoft.Web/sites/config";

/** A site's configuration (https://learn.microsoft.com/rest/api/appservice/web-apps/get-configuration and its kin). */
export function siteConfigOperations(siteHost: SiteHost): Operation[] {
  const handleWebWrite = (request: ManagementRequest) => writeWeb(request, siteHost);
  return [
    {
      method: "GET",
      path: `${path}/web`,
      action: `${action}/read`,
      handle: (request) => Response.json(webConfig(requireTopLevelResource(request))),
    },
    ...(["PUT", "PATCH"] as const).map((method) =>
      withEtag({ method, path: `${path}/web`, action: `${action}/write`, handle: handleWebWrite }),
    ),
    {
      method: "POST",
      path: `${path}/appsettings/list`,
      action: `${action}/list/action`,
      handle: (request) => appSettings(requireTopLevelResource(request)),
    },
    withEtag({
      method: "PUT",
      path: `${path}/appsettings`,
      action: `${action}/write`,
      handle: (request) => writeAppSettings(request, siteHost),
    }),
  ];
}

async function writeWeb(request: ManagementRequest, siteHost: SiteHost): Promise<Response> {
  const site = requireTopLevelResource(request);
  const siteConfig = {
    ...objectField(site.properties, "siteConfig"),
    ...givenProperties(request.body),
  };
  requireEmulatedConfig(siteConfig);
  requireSiteConfigProperties(siteConfig);
  site.properties["siteConfig"] = siteConfig;
  await siteHost.applySite(site);
  return Response.json(writtenWebConfig(site));
}

async function writeAppSettings(request: ManagementRequest, siteHost: SiteHost): Promise<Response> {
  const site = requireTopLevelResource(request);
  const settings = stringMapField(request.body, "properties") ?? {};
  const list = Object.entries(settings).map(([name, value]) => ({ name, value }));
  requireSettings({ appSettings: list });
  site.properties["siteConfig"] = {
    ...objectField(site.properties, "siteConfig"),
    appSettings: list,
  };
  await siteHost.applySite(site);
  return appSettings(site);
}

function appSettings(site: Resource): Response {
  const siteConfig = objectField(site.properties, "siteConfig");
  const settings = objectListField(siteConfig, "appSettings") ?? [];
  const properties = Object.fromEntries(settings.map(({ name, value }) => [String(name), value]));
  return Response.json(config(site, "appsettings", properties));
}

function config(site: Resource, name: string, properties: JsonObject): JsonObject {
  const location = locationDisplayName(site.location ?? "");
  return { id: `${site.id}/config/${name}`, name, type: action, location, properties };
}
