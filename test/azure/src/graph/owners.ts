import type { Application, ServicePrincipal } from "../world/directory-records.ts";
import { findApplication } from "../world/directory/lookup.ts";
import { addressedApplication, addressedPrincipal, keyOf } from "./engine/addressed-objects.ts";
import { badRequest, notFound } from "./engine/errors.ts";
import { jsonBody } from "./engine/json-body.ts";
import {
  READ,
  requireAddOwner,
  requireWrite,
  requireWritePrincipal,
  WRITE,
} from "./engine/permissions.ts";
import { noContent } from "./engine/respond.ts";
import type { GraphRequest, GraphRoute } from "./engine/route.ts";
import { answerCollection } from "./odata/answer-entities.ts";
import { servicePrincipalType } from "./odata/types.ts";
import { boundOwners, ownersShown } from "./render/owner-references.ts";

/** Owners of applications and service principals (graph/api/application-list-owners and its neighbours). */
export const ownerRoutes: readonly GraphRoute[] = [
  ...routesOf("application", "/applications/{id|appId|uniqueName}", addressedApplication, (r) =>
    requireWrite(r.caller, addressedApplication(r)),
  ),
  ...routesOf("serviceprincipal", "/servicePrincipals/{id|appId}", addressedPrincipal, (r) => {
    const principal = addressedPrincipal(r);
    requireWritePrincipal(r.caller, principal, findApplication(r.azure.state, principal.appId));
  }),
];

function routesOf(
  pageName: string,
  path: string,
  addressed: (request: GraphRequest) => Application | ServicePrincipal,
  requireOwner: (request: GraphRequest) => void,
): readonly GraphRoute[] {
  const common = { verified: "document", supported: "partly", missing: "users as owners" } as const;
  return [
    {
      ...common,
      method: "GET",
      path: `${path}/owners`,
      document: `graph/api/${pageName}-list-owners`,
      permissions: READ,
      handle: (request) => {
        const owners = ownersShown(request.azure)({ id: addressed(request).objectId });
        return answerCollection(request, servicePrincipalType, "directoryObjects", owners);
      },
    },
    {
      ...common,
      method: "POST",
      path: `${path}/owners/$ref`,
      document: `graph/api/${pageName}-post-owners`,
      permissions: WRITE,
      handle: (request) => add(request, addressed(request)),
    },
    {
      ...common,
      method: "DELETE",
      path: `${path}/owners/{id}/$ref`,
      document: `graph/api/${pageName}-delete-owners`,
      permissions: WRITE,
      handle: (request) => {
        const object = addressed(request);
        requireOwner(request);
        return remove(object, keyOf(request, "owners").value.toLowerCase());
      },
    },
  ];
}

function add(request: GraphRequest, object: Application | ServicePrincipal): Response {
  const { azure, caller } = request;
  requireAddOwner(caller);
  const { "@odata.id": reference } = jsonBody(request);
  const [owner = ""] = boundOwners(azure, caller.tenantId, [reference]);
  const owners = object.owners ?? [];
  if (owners.includes(owner)) {
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'owners'.",
    );
  }
  object.owners = [...owners, owner];
  return noContent();
}

function remove(object: Application | ServicePrincipal, owner: string): Response {
  const owners = object.owners ?? [];
  if (!owners.includes(owner)) throw notFound(owner);
  object.owners = owners.filter((id) => id !== owner);
  return noContent();
}
