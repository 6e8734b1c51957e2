import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type Properties, textOf } from "../../grpc/properties.ts";
import type { ResourceType } from "../protocol/resource-type.ts";
import { UnfinishedError } from "../protocol/unfinished-error.ts";
import { during, isNotFound } from "./graph-error.ts";
import type { Graph } from "./graph.ts";
import { idList, objectIdOf } from "./object-ids.ts";
import { firstOwners, ownerIds, removeFirstOwner, replaceOwners } from "./owners.ts";

const computed = [
  "appRoleIds",
  "appRoles",
  "applicationTenantId",
  "displayName",
  "homepageUrl",
  "logoutUrl",
  "oauth2PermissionScopeIds",
  "oauth2PermissionScopes",
  "objectId",
  "redirectUris",
  "samlMetadataUrl",
  "servicePrincipalNames",
  "signInAudience",
  "type",
];

/**
 * index/servicePrincipal:ServicePrincipal. Its id is `/servicePrincipals/<object id>` (import section of its .d.ts). An
 * existing one is refused, as the real provider does (azuread: service_principal_resource.go); `useExisting` is left out on
 * purpose, because a destroy would delete a service principal that the stack did not make.
 */
export const servicePrincipal: ResourceType<Graph> = {
  required: ["clientId"],
  optional: [
    "accountEnabled",
    "appRoleAssignmentRequired",
    "description",
    "notes",
    "owners",
    "tags",
  ],
  outputs: computed,
  replaceOn: ["clientId"],
  refusesExisting: false,
  deleteBeforeReplace: false,
  stableOutputs: computed,
  emptyWhenLeftOut: ["owners"],
  async create(graph, inputs) {
    await refuseExisting(graph, textOf(inputs, "clientId"));
    const body = {
      appId: inputs["clientId"],
      ...bodyOf(inputs),
      description: `TERRAFORM_UPDATE_${randomUUID()}`,
      "owners@odata.bind": await firstOwners(graph, inputs),
    };
    const made = await graph
      .send("POST", "/servicePrincipals", body, notReplicated)
      .catch(during("Could not create service principal"));
    const path = `/servicePrincipals/${textOf(made, "id")}`;
    await finish(graph, path, inputs).catch((cause: Error) => {
      throw new UnfinishedError(cause, path);
    });
    return { id: path };
  },
  async read(graph, id) {
    const found = await graph.find(id);
    return found && stateOf(found, await ownerIds(graph, id));
  },
  async update(graph, id, inputs, old) {
    await graph.send("PATCH", id, bodyOf(inputs)).catch(during(`Updating ${describe(id)}`));
    const owners = idList(inputs, "owners");
    if (isDeepStrictEqual(new Set(owners), new Set(idList(old.state, "owners")))) return undefined;
    await replaceOwners(graph, id, owners, describe(id));
    return undefined;
  },
  delete: (graph, id) =>
    graph
      .removeObject(`/servicePrincipals/${objectIdOf(id)}`)
      .catch(during(`Deleting ${describe(id)}`)),
};

/** Refusals that the real provider takes for an application that is not replicated yet (CreateServicePrincipal's RetryFunc). */
const notReplicated =
  /The appId '.+' of the service principal does not reference a valid application object|When using this permission, the backing application of the service principal being created must in the local tenant/;

/** One that exists, be it of an `up` whose answer was lost, is refused (tf.ImportAsExistsDiag in azuread). */
async function refuseExisting(graph: Graph, clientId: string): Promise<void> {
  const filter = encodeURIComponent(`appId eq '${clientId}'`);
  const [found] = await graph.list(`/servicePrincipals?$filter=${filter}`);
  if (!found) return;
  throw new Error(
    `A resource with the ID "${textOf(found, "id")}" already exists: To be managed via Terraform, this resource needs to be imported into the State. Please see the resource documentation for "azuread_service_principal" for more information.`,
  );
}

/**
 * Writes the description, once: there is no wait for a principal that is not there yet, though a comment in the real
 * provider says so (service_principal_resource.go; hashicorp/terraform-provider-azuread#1811).
 */
async function finish(graph: Graph, path: string, inputs: Properties): Promise<void> {
  const { description } = bodyOf(inputs);
  await graph.send("PATCH", path, { description }).catch((cause: unknown) => {
    const waited =
      "Timed out whilst waiting for new service principal to be replicated in Azure AD";
    during(isNotFound(cause) ? waited : "Failed to patch service principal after creating")(cause);
  });
  await removeFirstOwner(graph, path, inputs, describe(path));
}

function describe(path: string): string {
  return `Service Principal (Service Principal: "${objectIdOf(path)}")`;
}

function bodyOf(inputs: Properties): Properties {
  const { accountEnabled, appRoleAssignmentRequired, description, notes, tags } = inputs;
  // "Defaults to true" and "to false" (servicePrincipal.d.ts).
  return {
    accountEnabled: accountEnabled ?? true,
    appRoleAssignmentRequired: appRoleAssignmentRequired ?? false,
    description: description ?? null,
    notes: notes ?? null,
    // Without this input they may be the tenant's own.
    ...(tags !== undefined && { tags }),
  };
}

function stateOf(found: Properties, owners: string[]): Properties {
  const { id, appId, appOwnerOrganizationId, servicePrincipalType, ...rest } = found;
  const names = rest["servicePrincipalNames"];
  const { accountEnabled, appRoleAssignmentRequired, displayName, description, notes } = rest;
  return {
    objectId: id,
    clientId: appId,
    applicationTenantId: appOwnerOrganizationId,
    displayName,
    description: description ?? "",
    notes: notes ?? "",
    owners,
    tags: rest["tags"],
    accountEnabled,
    appRoleAssignmentRequired,
    signInAudience: rest["signInAudience"],
    // The provider shows identifier URIs there alone.
    servicePrincipalNames: Array.isArray(names) ? names.filter((name) => name !== appId) : [],
    type: servicePrincipalType,
  };
}
