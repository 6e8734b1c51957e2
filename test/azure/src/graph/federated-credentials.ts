import { randomUUID } from "node:crypto";
import type { JsonObject } from "../base/json.ts";
import { isVisible, replicated } from "../world/consistency.ts";
import type { Application, FederatedIdentityCredential } from "../world/directory-records.ts";
import { addressedApplication, keyOf } from "./engine/addressed-objects.ts";
import { notFound } from "./engine/errors.ts";
import { createsIfMissing, jsonBody } from "./engine/json-body.ts";
import { READ, requireWrite, WRITE } from "./engine/permissions.ts";
import { noContent } from "./engine/respond.ts";
import type { GraphRequest, GraphRoute } from "./engine/route.ts";
import { answerCollection, answerCreated, answerEntity } from "./odata/answer-entities.ts";
import { federatedCredentialType } from "./odata/types.ts";
import {
  readCredential,
  readName,
  requireReadOnly,
  requireRoom,
  requireUnique,
} from "./rules/federated-credential-body.ts";

const collection = "/applications/{id|appId|uniqueName}/federatedIdentityCredentials";
/** Behind a slash stands the id or the name (graph/api/federatedidentitycredential-get). */
const item = `${collection}/{id|name}`;
const common = { supported: "yes", verified: "document" } as const;

/** An application's federated identity credentials (graph/api/resources/federatedidentitycredential). */
export const federatedCredentialRoutes: readonly GraphRoute[] = [
  {
    ...common,
    method: "GET",
    path: collection,
    document: "graph/api/application-list-federatedidentitycredentials",
    permissions: READ,
    handle: (request) => {
      const application = addressedApplication(request);
      const shown = visible(request, application).map(render);
      return answerCollection(request, federatedCredentialType, contextOf(application), shown);
    },
  },
  {
    ...common,
    method: "POST",
    path: collection,
    document: "graph/api/application-post-federatedidentitycredentials",
    // The two conflicts were observed; the texts of the other refusals are unverified.
    verified: "observed",
    permissions: WRITE,
    handle: (request) => {
      const application = ownApplication(request);
      const body = jsonBody(request);
      return create(request, application, readName(body), body);
    },
  },
  {
    ...common,
    method: "GET",
    path: item,
    document: "graph/api/federatedidentitycredential-get",
    permissions: READ,
    handle: (request) => {
      const application = addressedApplication(request);
      const shown = render(requireAddressed(request, application));
      return answerEntity(request, federatedCredentialType, contextOf(application), shown);
    },
  },
  {
    ...common,
    method: "PATCH",
    path: item,
    document: "graph/api/federatedidentitycredential-upsert",
    permissions: WRITE,
    handle: update,
  },
  {
    ...common,
    method: "DELETE",
    path: item,
    document: "graph/api/federatedidentitycredential-delete",
    permissions: WRITE,
    handle: (request) => {
      const application = ownApplication(request);
      const { id } = requireAddressed(request, application);
      application.federatedIdentityCredentials.delete(id);
      return noContent();
    },
  },
];

/** An update, or under `Prefer: create-if-missing` a creation with the name of the path (federatedidentitycredential-upsert). */
function update(request: GraphRequest): Response {
  const application = ownApplication(request);
  const credential = findAddressed(request, application);
  const { name, value } = keyOf(request, "federatedIdentityCredentials");
  if (credential === undefined && name === "name" && createsIfMissing(request)) {
    const { name: repeated = value, ...body } = jsonBody(request);
    requireReadOnly("name", repeated, value);
    return create(request, application, readName({ name: value }), body);
  }
  if (credential === undefined) throw notFound(value);
  const { id, name: held, ...values } = render(credential);
  const { id: sameId = id, name: sameName = held, ...changes } = jsonBody(request);
  requireReadOnly("id", sameId, id);
  requireReadOnly("name", sameName, held);
  const changed = readCredential({ ...values, ...changes });
  requireUnique(application, changed, id);
  Object.assign(credential, changed);
  return noContent();
}

function create(
  request: GraphRequest,
  application: Application,
  name: string,
  body: JsonObject,
): Response {
  const { name: _, ...values } = body;
  const id = randomUUID();
  const credential = { id, name, ...readCredential(values), ...replicated(request.azure) };
  requireRoom(application, name);
  requireUnique(application, credential);
  application.federatedIdentityCredentials.set(credential.id, credential);
  return answerCreated(request, contextOf(application), render(credential));
}

function ownApplication(request: GraphRequest): Application {
  const application = addressedApplication(request);
  requireWrite(request.caller, application);
  return application;
}

function requireAddressed(
  request: GraphRequest,
  application: Application,
): FederatedIdentityCredential {
  const found = findAddressed(request, application);
  if (found === undefined) throw notFound(keyOf(request, "federatedIdentityCredentials").value);
  return found;
}

function findAddressed(request: GraphRequest, application: Application) {
  const { name, value } = keyOf(request, "federatedIdentityCredentials");
  const credentials = visible(request, application);
  const byId = name === "id" && credentials.find(({ id }) => id === value.toLowerCase());
  return byId || credentials.find((each) => each.name === value);
}

function visible({ azure }: GraphRequest, { federatedIdentityCredentials }: Application) {
  return [...federatedIdentityCredentials.values()].filter((each) => isVisible(azure, each));
}

function render(credential: FederatedIdentityCredential) {
  const { visibleFrom: _, ...shown } = credential;
  return shown;
}

function contextOf({ objectId }: Application): string {
  return `applications('${objectId}')/federatedIdentityCredentials`;
}
