import { isJsonObject, type JsonObject, objectField, stringField } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import { isStopped } from "../../world/resources/site-config.ts";
import type { State } from "../../world/state.ts";
import { locationDisplayName } from "../engine/regions.ts";
import { renderResource } from "../engine/resource-store.ts";
import { laggingSiteConfig, shownSiteConfig } from "./shown-site-config.ts";
import { byRuntime, siteDefaults, siteFacts } from "./site-defaults.ts";
import { isFunctionApp } from "./site-kind.ts";
import { groupOf, STAMP, webSpace } from "./web-space.ts";

/** A site as its GET answers it: almost nothing of its configuration, which `config/web` and the list operations tell. */
export async function renderSite(
  site: Resource,
  siteHost: SiteHost,
  state: State,
): Promise<JsonObject> {
  const { main, scm } = await siteHost.siteHostNames(site.id);
  const { name, kind, properties: given } = site;
  const properties = {
    ...siteDefaults,
    ...byRuntime[isFunctionApp(site) ? "functions" : "web"],
    ...given,
    ...siteFacts,
    ...namesOf(site),
    name,
    kind,
    state: isStopped(site) ? "Stopped" : "Running",
    sku: tierOf(site, state),
    tags: site.tags ?? null,
    lastModifiedTimeUtc: (site.changedTime ?? new Date(0).toISOString()).replace(/Z$/, ""),
    defaultHostName: main,
    hostNames: [main],
    enabledHostNames: [main, scm],
    hostNameSslStates: [hostName(main, "Standard"), hostName(scm, "Repository")],
    siteProperties: siteProperties(site),
    siteConfig: shownSiteConfig(site),
  };
  return {
    ...renderResource(site),
    location: locationDisplayName(site.location ?? ""),
    properties,
  };
}

/** What the answer to a PUT has as nulls. */
const unknownYet = { privateEndpointConnections: null, inFlightFeatures: null };

/** The answer to a PUT, whose configuration is still `before`, and which has no list of private endpoints yet. */
export async function renderWrittenSite(
  site: Resource,
  before: JsonObject,
  siteHost: SiteHost,
  state: State,
): Promise<JsonObject> {
  const rendered = await renderSite(site, siteHost, state);
  const siteConfig = laggingSiteConfig(before, isFunctionApp(site));
  const properties = objectField(rendered, "properties");
  return {
    ...rendered,
    properties: { ...properties, ...unknownYet, siteConfig },
  };
}

/** The names that follow from the site's own. */
function namesOf({ id, name, subscriptionId, properties, ...rest }: Resource): JsonObject {
  const space = webSpace(
    { id, name, subscriptionId, properties, ...rest },
    properties["reserved"] === true,
  );
  return {
    webSpace: space,
    selfLink: `https://${STAMP}.api.azurewebsites.windows.net:454/subscriptions/${subscriptionId}/webspaces/${space}/sites/${name}`,
    repositorySiteName: name,
    deploymentId: name,
    customDomainVerificationId: subscriptionId.replaceAll("-", "").toUpperCase().repeat(2),
    ftpUsername: `${name}\\$${name}`,
    ftpsHostName: `ftps://${STAMP}.ftp.azurewebsites.windows.net/site/wwwroot`,
    homeStamp: STAMP,
    resourceGroup: groupOf(id),
  };
}

function siteProperties({ properties }: Resource): JsonObject {
  const image = stringField(objectField(properties, "siteConfig"), "linuxFxVersion") ?? "";
  const versions = [
    { name: "LinuxFxVersion", value: image },
    { name: "WindowsFxVersion", value: null },
  ];
  return { metadata: null, properties: versions, appSettings: null };
}

function tierOf({ properties }: Resource, { resources }: State): string | undefined {
  const plan = resources.get((stringField(properties, "serverFarmId") ?? "").toLowerCase());
  return isJsonObject(plan?.sku) ? stringField(plan.sku, "tier") : undefined;
}

function hostName(name: string, hostType: "Standard" | "Repository"): JsonObject {
  const bound = { ipBasedSslResult: null, virtualIP: null, thumbprint: null, toUpdate: null };
  const state = { toUpdateIpBasedSsl: null, ipBasedSslState: "NotConfigured" };
  return { name, sslState: "Disabled", ...bound, ...state, hostType, certificateResourceId: null };
}
