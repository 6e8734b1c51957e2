import { randomUUID } from "node:crypto";
import type { JsonObject } from "../base/json.ts";
import { isVisible, replicated } from "../world/consistency.ts";
import type { Application } from "../world/directory-records.ts";
import {
  addressedApplication,
  findAddressedApplication,
  keyOf,
} from "./engine/addressed-objects.ts";
import { notFound } from "./engine/errors.ts";
import { createsIfMissing, jsonBody, requiredText } from "./engine/json-body.ts";
import { createsAsOwner, READ, requireWrite, WRITE } from "./engine/permissions.ts";
import { noContent } from "./engine/respond.ts";
import type { GraphRequest, GraphRoute } from "./engine/route.ts";
import { timestamp } from "./engine/timestamp.ts";
import {
  answerCollection,
  answerCount,
  answerCreated,
  answerEntity,
} from "./odata/answer-entities.ts";
import { applicationType } from "./odata/types.ts";
import { renderApplication } from "./render/application.ts";
import { boundOwners, ownersShown } from "./render/owner-references.ts";
import { writeApplication } from "./rules/application-body.ts";
import { deleteApplication } from "./rules/delete-application.ts";

const path = "/applications/{id|appId|uniqueName}";
const common = { supported: "yes", verified: "document" } as const;

/** `/applications` (graph/api/resources/application). */
export const applicationRoutes: readonly GraphRoute[] = [
  {
    ...common,
    method: "GET",
    path: "/applications",
    document: "graph/api/application-list",
    permissions: READ,
    handle: list,
  },
  {
    ...common,
    method: "GET",
    path: "/applications/$count",
    document: "graph/aad-advanced-queries",
    permissions: READ,
    handle: (request) => answerCount(request, applicationType, ownTenants(request)),
  },
  {
    ...common,
    method: "POST",
    path: "/applications",
    document: "graph/api/application-post-applications",
    permissions: WRITE,
    handle: (request) => create(request, jsonBody(request)),
  },
  {
    ...common,
    method: "GET",
    path,
    document: "graph/api/application-get",
    permissions: READ,
    handle: (request) => {
      const shown = renderApplication(addressedApplication(request));
      const owners = ownersShown(request.azure);
      return answerEntity(request, applicationType, "applications", shown, owners);
    },
  },
  {
    ...common,
    method: "PATCH",
    path,
    document: "graph/api/application-upsert",
    permissions: WRITE,
    handle: update,
  },
  {
    ...common,
    method: "DELETE",
    path,
    document: "graph/api/application-delete",
    permissions: WRITE,
    handle: (request) => {
      const application = addressedApplication(request);
      requireWrite(request.caller, application);
      deleteApplication(request.azure, application);
      return noContent();
    },
  },
];

function ownTenants({ azure, caller }: GraphRequest) {
  return [...azure.state.applications.values()]
    .filter((each) => each.tenantId === caller.tenantId && isVisible(azure, each))
    .map(renderApplication);
}

function list(request: GraphRequest): Response {
  const owners = ownersShown(request.azure);
  return answerCollection(request, applicationType, "applications", ownTenants(request), owners);
}

function create(request: GraphRequest, body: JsonObject, uniqueName?: string): Response {
  const { azure, caller } = request;
  const { "owners@odata.bind": bind, ...properties } = body;
  const displayName = requiredText(properties, "displayName", "Application");
  const application = newApplication(request, displayName, uniqueName);
  writeApplication(azure.state, application, properties);
  const owners = new Set(boundOwners(azure, caller.tenantId, bind));
  // An application created under OwnedBy belongs to its creator (msgraph-sdk-powershell#829).
  if (createsAsOwner(caller)) owners.add(caller.objectId);
  application.owners = [...owners];
  azure.state.applications.set(application.objectId, application);
  return answerCreated(request, "applications", renderApplication(application));
}

/** An update, or under `Prefer: create-if-missing` a creation with the uniqueName of the path (application-upsert). */
function update(request: GraphRequest): Response {
  const application = findAddressedApplication(request);
  const { name, value } = keyOf(request, "applications");
  if (application === undefined) {
    if (name !== "uniqueName" || !createsIfMissing(request)) throw notFound(value);
    return create(request, jsonBody(request), value);
  }
  requireWrite(request.caller, application);
  writeApplication(request.azure.state, application, jsonBody(request));
  return noContent();
}

function newApplication(
  { azure, caller }: GraphRequest,
  displayName: string,
  uniqueName: string | undefined,
): Application {
  return {
    objectId: randomUUID(),
    appId: randomUUID(),
    tenantId: caller.tenantId,
    displayName,
    signInAudience: "AzureADMyOrg",
    ...(uniqueName !== undefined && { uniqueName }),
    owners: [],
    requiredResourceAccess: [],
    settings: {},
    federatedIdentityCredentials: new Map(),
    createdDateTime: timestamp(azure.clock),
    ...replicated(azure),
  };
}
