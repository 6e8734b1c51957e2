import { delimiter, dirname } from "node:path";
import { objectField, objectListField } from "../base/json.ts";
import type { Azure } from "../service/azure.ts";
import type { Resource } from "../world/resource-records.ts";

/** What App Service itself tells a site's process, besides its PORT. */
export interface PlatformSettings {
  /** Address of the managed identity endpoint, IDENTITY_ENDPOINT. */
  readonly identityEndpoint: string;
  readonly identityHeader: string;
  /** `localhost:PORT` of the site's front. */
  readonly hostName: string;
  /** A folder of the site's own. */
  readonly home: string;
}

/** The application settings of a site by name. */
export function appSettings(site: Resource): Record<string, string> {
  const list = objectListField(objectField(site.properties, "siteConfig"), "appSettings") ?? [];
  return Object.fromEntries(list.map(({ name, value }) => [String(name), String(value)]));
}

/**
 * The whole environment of a site's process. Nothing of this process's environment passes into it: the site must get by
 * on what App Service would give it (https://learn.microsoft.com/azure/app-service/reference-app-settings). The
 * additions are the local certificate authority and the address to listen on.
 */
export function siteEnvironment(
  azure: Azure,
  site: Resource,
  platform: PlatformSettings,
): Record<string, string> {
  return {
    LANG: "C.UTF-8",
    ...appSettings(site),
    PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
    HOME: platform.home,
    // App Service's network lets nobody reach a site's process past its front; here the address does.
    HOST: "127.0.0.1",
    IDENTITY_ENDPOINT: platform.identityEndpoint,
    IDENTITY_HEADER: platform.identityHeader,
    NODE_EXTRA_CA_CERTS: azure.caFile,
    WEBSITE_SITE_NAME: site.name,
    WEBSITE_HOSTNAME: platform.hostName,
    WEBSITE_RESOURCE_GROUP: site.id.split("/")[4] ?? "",
    WEBSITE_INSTANCE_ID: "local",
  };
}
