import { isVisible } from "../world/consistency.ts";
import type { Application, ServicePrincipal } from "../world/directory-records.ts";
import { keyOf } from "./engine/addressed-objects.ts";
import { badRequest, invalidValue, notFound } from "./engine/errors.ts";
import { jsonBody } from "./engine/json-body.ts";
import { READ_DIRECTORY } from "./engine/permissions.ts";
import { json } from "./engine/respond.ts";
import type { GraphRequest, GraphRoute } from "./engine/route.ts";
import { contextUrl } from "./odata/answer-entities.ts";
import { renderDirectoryObject } from "./render/directory-object.ts";

/** "You can specify up to 1,000 ids" (graph/api/directoryobject-getbyids). */
const MAX_IDS = 1000;

const common = {
  supported: "partly",
  missing: "users, groups and devices: there are none",
  verified: "document",
  permissions: READ_DIRECTORY,
} as const;

/** Objects whatever their type (graph/api/resources/directoryobject). */
export const directoryObjectRoutes: readonly GraphRoute[] = [
  {
    ...common,
    method: "GET",
    path: "/directoryObjects/{id}",
    document: "graph/api/directoryobject-get",
    handle: (request) => {
      const { value } = keyOf(request, "directoryObjects");
      const found = find(request, value.toLowerCase());
      if (found === undefined) throw notFound(value);
      const context = contextUrl(request, "directoryObjects/$entity");
      return json({ "@odata.context": context, ...renderDirectoryObject(request.azure, found) });
    },
  },
  {
    ...common,
    method: "POST",
    path: "/directoryObjects/getByIds",
    document: "graph/api/directoryobject-getbyids",
    handle: getByIds,
  },
];

/** Ids of nothing are left out of the answer. The text on too many ids is unverified. */
function getByIds(request: GraphRequest): Response {
  const { ids, types } = jsonBody(request);
  if (!isTexts(ids)) throw invalidValue("ids", "DirectoryObject");
  if (types !== undefined && types !== null && !isTexts(types)) {
    throw invalidValue("types", "DirectoryObject");
  }
  if (ids.length > MAX_IDS) throw badRequest(`The maximum number of ids is ${MAX_IDS}.`);
  const wanted = types?.map((type) => `#microsoft.graph.${type}`.toLowerCase());
  const value = [...new Set(ids.map((id) => id.toLowerCase()))]
    .map((id) => find(request, id))
    .filter((object) => object !== undefined)
    .map((object) => renderDirectoryObject(request.azure, object))
    .filter((shown) => {
      const type = shown["@odata.type"].toLowerCase();
      return wanted === undefined || wanted.includes(type) || wanted.includes(ANY);
    });
  const answer = json({ "@odata.context": contextUrl(request, "directoryObjects"), value });
  answer.headers.set("location", request.azure.endpoints.graph);
  return answer;
}

const ANY = "#microsoft.graph.directoryobject";

function find({ azure, caller }: GraphRequest, id: string) {
  const { applications, servicePrincipals } = azure.state;
  const found: Application | ServicePrincipal | undefined =
    applications.get(id) ?? servicePrincipals.get(id);
  return found?.tenantId === caller.tenantId && isVisible(azure, found) ? found : undefined;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
