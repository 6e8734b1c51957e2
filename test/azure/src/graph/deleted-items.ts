import type { Application, ServicePrincipal } from "../world/directory-records.ts";
import { findApplication } from "../world/directory/lookup.ts";
import { keyOf } from "./engine/addressed-objects.ts";
import { notFound, unsupportedQuery } from "./engine/errors.ts";
import { READ, requireWrite, requireWritePrincipal, WRITE } from "./engine/permissions.ts";
import { json, noContent } from "./engine/respond.ts";
import type { GraphRequest, GraphRoute } from "./engine/route.ts";
import { answerCollection, contextUrl } from "./odata/answer-entities.ts";
import { applicationType, servicePrincipalType } from "./odata/types.ts";
import { renderApplication } from "./render/application.ts";
import { renderDirectoryObject } from "./render/directory-object.ts";
import { renderServicePrincipal } from "./render/service-principal.ts";
import { restoreApplication, restorePrincipal } from "./rules/restore.ts";

/** Deleted items can be restored for 30 days (graph/api/resources/directory). */
const KEPT_MILLISECONDS = 30 * 24 * 3600 * 1000;

const path = "/directory/deletedItems/{id}";
const common = { supported: "yes", verified: "document" } as const;

/** Deleted applications and service principals (graph/api/resources/directory). */
export const deletedItemRoutes: readonly GraphRoute[] = [
  {
    method: "GET",
    path: "/directory/deletedItems",
    supported: "yes",
    verified: "observed",
    document: "graph/api/directory-deleteditems-list",
    permissions: READ,
    // Without a type there is no list (text observed, microsoft-graph-docs#10080).
    handle: () => {
      throw unsupportedQuery(
        "Searches against this resource are not supported. Only specific instances can be queried.",
      );
    },
  },
  {
    ...common,
    method: "GET",
    path: "/directory/deletedItems/microsoft.graph.application",
    document: "graph/api/directory-deleteditems-list",
    permissions: READ,
    handle: (request) => {
      const items = kept(request, request.azure.state.deletedApplications);
      const shown = items.map(renderApplication);
      return answerCollection(request, applicationType, "applications", shown);
    },
  },
  {
    ...common,
    method: "GET",
    path: "/directory/deletedItems/microsoft.graph.servicePrincipal",
    document: "graph/api/directory-deleteditems-list",
    permissions: READ,
    handle: (request) => {
      const items = kept(request, request.azure.state.deletedServicePrincipals);
      const shown = items.map((each) => renderServicePrincipal(request.azure, each));
      return answerCollection(request, servicePrincipalType, "servicePrincipals", shown);
    },
  },
  {
    ...common,
    method: "GET",
    path,
    document: "graph/api/directory-deleteditems-get",
    permissions: READ,
    handle: (request) => show(request, requireDeleted(request)),
  },
  {
    ...common,
    method: "POST",
    path: `${path}/restore`,
    document: "graph/api/directory-deleteditems-restore",
    permissions: WRITE,
    handle: (request) => {
      const item = requireDeleted(request);
      requireOwner(request, item);
      if ("servicePrincipalType" in item) restorePrincipal(request.azure.state, item);
      else restoreApplication(request.azure.state, item);
      return show(request, item);
    },
  },
  {
    ...common,
    method: "DELETE",
    path,
    document: "graph/api/directory-deleteditems-delete",
    permissions: WRITE,
    handle: (request) => {
      const item = requireDeleted(request);
      requireOwner(request, item);
      const { deletedApplications, deletedServicePrincipals } = request.azure.state;
      // The service principal of a permanently deleted application stays among the deleted (howto-restore-app).
      deletedApplications.delete(item.objectId);
      deletedServicePrincipals.delete(item.objectId);
      return noContent();
    },
  },
];

function requireDeleted(request: GraphRequest): Application | ServicePrincipal {
  const { deletedApplications, deletedServicePrincipals } = request.azure.state;
  const { value } = keyOf(request, "deletedItems");
  const found = [
    ...kept(request, deletedApplications),
    ...kept(request, deletedServicePrincipals),
  ].find(({ objectId }) => objectId === value.toLowerCase());
  if (found === undefined) throw notFound(value);
  return found;
}

/** What the caller's tenant has among the deleted items, and has not been there for too long. */
function kept<Item extends Application | ServicePrincipal>(
  { azure, caller }: GraphRequest,
  items: ReadonlyMap<string, Item>,
): Item[] {
  const oldest = azure.clock.now() - KEPT_MILLISECONDS;
  return [...items.values()].filter(
    ({ tenantId, deletedDateTime = "" }) =>
      tenantId === caller.tenantId && Date.parse(deletedDateTime) > oldest,
  );
}

function show(request: GraphRequest, item: Application | ServicePrincipal): Response {
  const context = contextUrl(request, "directoryObjects/$entity");
  return json({ "@odata.context": context, ...renderDirectoryObject(request.azure, item) });
}

function requireOwner({ azure, caller }: GraphRequest, item: Application | ServicePrincipal): void {
  if (!("servicePrincipalType" in item)) requireWrite(caller, item);
  else requireWritePrincipal(caller, item, findApplication(azure.state, item.appId));
}
