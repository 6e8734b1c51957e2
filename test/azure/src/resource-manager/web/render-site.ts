import { isJsonObject, type JsonObject, objectField, stringField } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import { isStopped } from "../../world/resources/site-config.ts";
import type { State } from "../../world/state.ts";
import { renderResource } from "../engine/resource-store.ts";

/** A site as its GET answers it: host names and its plan's tier added, settings that may be secret left out. */
export async function renderSite(
  site: Resource,
  siteHost: SiteHost,
  state: State,
): Promise<JsonObject> {
  const { main, scm } = await siteHost.siteHostNames(site.id);
  const properties = {
    ...site.properties,
    name: site.name,
    state: isStopped(site) ? "Stopped" : "Running",
    enabled: true,
    sku: tierOf(site, state),
    defaultHostName: main,
    hostNames: [main],
    enabledHostNames: [main, scm],
    hostNameSslStates: [hostName(main, "Standard"), hostName(scm, "Repository")],
    outboundIpAddresses: "127.0.0.1",
    possibleOutboundIpAddresses: "127.0.0.1",
    repositorySiteName: site.name,
    resourceGroup: site.id.split("/")[4],
    siteConfig: publicSiteConfig(site),
  };
  return { ...renderResource(site), properties };
}

function tierOf({ properties }: Resource, { resources }: State): string | undefined {
  const plan = resources.get((stringField(properties, "serverFarmId") ?? "").toLowerCase());
  return isJsonObject(plan?.sku) ? stringField(plan.sku, "tier") : undefined;
}

function hostName(name: string, hostType: "Standard" | "Repository"): JsonObject {
  return { name, hostType, sslState: "Disabled" };
}

/**
 * `siteConfig` without application settings and connection strings: they are read by the list operations only, which
 * take a permission of their own.
 */
export function publicSiteConfig(site: Resource): JsonObject {
  const siteConfig = objectField(site.properties, "siteConfig");
  return { ...siteConfig, appSettings: null, connectionStrings: null };
}
