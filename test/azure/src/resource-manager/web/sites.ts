import { type JsonObject, objectField, objectListField, stringField } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { State } from "../../world/state.ts";
import { authorizeLinked } from "../engine/authorize.ts";
import { readOperations } from "../engine/common-operations.ts";
import { ManagementError } from "../engine/errors.ts";
import { givenProperties } from "../engine/given-properties.ts";
import { writeHostIdentity } from "../engine/host-identity.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { mergeIdentity } from "../engine/requested-identity.ts";
import { requireLocation } from "../engine/require-location.ts";
import {
  findResource,
  putResource,
  refuseWhileGroupIsDeleted,
  requireResource,
  requireResourceGroup,
} from "../engine/resource-store.ts";
import { deleteSite } from "./delete-site.ts";
import { requireEmulatedSite } from "./emulated-config.ts";
import { webError } from "./errors.ts";
import { renderSite, renderWrittenSite } from "./render-site.ts";
import { siteKind } from "./site-kind.ts";
import { checkSiteNameAvailability, requireFreeSiteName, requireSiteName } from "./site-name.ts";
import { requireSiteProperties } from "./site-properties.ts";
import { withEtag } from "./web-etag.ts";
import { webList } from "./web-list.ts";

const type = "Microsoft.Web/sites";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{name}`;

/** Sites (https://learn.microsoft.com/rest/api/appservice/web-apps). */
export function siteOperations(siteHost: SiteHost): Operation[] {
  const render = (site: Resource, state: State) => renderSite(site, siteHost, state);
  return [
    checkSiteNameAvailability,
    ...readOperations(type, path, render, webList).map(withEtag),
    withEtag({
      method: "PUT",
      path,
      action: `${type}/write`,
      handle: (request) => write(request, siteHost),
    }),
    withEtag({
      method: "PATCH",
      path,
      action: `${type}/write`,
      handle: (request) => {
        const { tags, identity } = requireResource(request);
        const merged = mergeIdentity(request.body, identity);
        return write({ ...request, body: { tags, ...request.body, identity: merged } }, siteHost);
      },
    }),
    withEtag(deleteSite(path, siteHost)),
  ];
}

async function write(request: ManagementRequest, siteHost: SiteHost): Promise<Response> {
  const { state } = request.azure;
  const before = objectField(findResource(state, request.id)?.properties ?? {}, "siteConfig");
  const site = await put(request, siteHost);
  return Response.json(await renderWrittenSite(site, before, siteHost, state));
}

async function put(request: ManagementRequest, siteHost: SiteHost): Promise<Resource> {
  const { azure, id, body } = request;
  requireResourceGroup(azure.state, id);
  requireLocation(request);
  refuseWhileGroupIsDeleted(azure.state, id);
  requireName(request);
  const existing = findResource(azure.state, id);
  const properties = mergeSite(existing?.properties ?? {}, givenProperties(body));
  const plan = requireServerFarm(request, properties);
  properties["serverFarmId"] = plan.id;
  properties["reserved"] = plan.properties["reserved"] === true;
  requireEmulatedSite(properties);
  requireSiteProperties(properties);
  refuseConnectionStrings(properties);
  const identity = writeHostIdentity(request, existing?.identity);
  const { resource } = putResource(request, type, properties);
  resource.identity = identity;
  resource.kind = siteKind(resource.kind, plan, properties);
  await siteHost.applySite(resource);
  // The ports took their time, in which another request may have deleted the site.
  return requireResource(request);
}

/**
 * A body changes the fields it names; the settings of `siteConfig` it leaves out stay. `appSettings` is one field, so a
 * body that has it replaces all of them. `state` is read only: what runs, start and stop tell.
 */
function mergeSite(existing: JsonObject, given: JsonObject): JsonObject {
  const siteConfig = objectField(given, "siteConfig");
  return {
    ...existing,
    ...given,
    state: existing["state"] ?? "Running",
    siteConfig: { ...objectField(existing, "siteConfig"), ...siteConfig },
  };
}

/** The plan, which must exist, and putting a site on it takes a permission at the plan. */
function requireServerFarm(
  { azure, caller, id }: ManagementRequest,
  properties: JsonObject,
): Resource {
  const serverFarmId = planId(id, stringField(properties, "serverFarmId") ?? "");
  const action = "Microsoft.Web/serverfarms/join/action";
  const plan = findResource(azure.state, serverFarmId);
  authorizeLinked(azure, caller, `${type}/write`, id, { action, scope: serverFarmId });
  if (plan?.type === "Microsoft.Web/serverfarms") return plan;
  const name = serverFarmId.slice(serverFarmId.lastIndexOf("/") + 1);
  throw webError(404, "NotFound", "Cannot find {0} with name {1}.", ["ServerFarm", name], "51004");
}

/** A plan of the same group may be named without its id, as `az functionapp create` does (72 recorded pairs). */
function planId(siteId: string, serverFarmId: string): string {
  if (serverFarmId === "" || serverFarmId.includes("/")) return serverFarmId;
  const [group = ""] = siteId.split(/\/providers\//i);
  return `${group}/providers/Microsoft.Web/serverfarms/${serverFarmId}`;
}

/**
 * Unless the host name gets a hash of its own, the name must be free
 * (https://learn.microsoft.com/azure/app-service/reference-dangling-subdomain-prevention, unique default host name).
 */
function requireName({ azure, id, body, param }: ManagementRequest): void {
  requireSiteName(param("name"));
  if (stringField(objectField(body, "properties"), "autoGeneratedDomainNameLabelScope")) return;
  requireFreeSiteName(azure.state, param("name"), id);
}

/** They would be environment variables of the site, and are not. */
function refuseConnectionStrings(properties: JsonObject): void {
  const siteConfig = objectField(properties, "siteConfig");
  if ((objectListField(siteConfig, "connectionStrings") ?? []).length > 0)
    throw new ManagementError(
      501,
      "NotImplemented",
      "a site with connection strings is not emulated",
    );
}
