import { type Properties, textOf } from "../../grpc/properties.ts";
import type { ResourceType } from "../protocol/resource-type.ts";
import type { Graph } from "./graph.ts";
import { objectIdOf } from "./object-ids.ts";

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
  optional: ["accountEnabled", "appRoleAssignmentRequired", "description", "notes"],
  outputs: computed,
  replaceOn: ["clientId"],
  refusesExisting: true,
  deleteBeforeReplace: false,
  stableOutputs: computed,
  async locate(graph, inputs) {
    const filter = encodeURIComponent(`appId eq '${textOf(inputs, "clientId")}'`);
    const [found] = await graph.list(`/servicePrincipals?$filter=${filter}`);
    return found && `/servicePrincipals/${textOf(found, "id")}`;
  },
  async create(graph, inputs) {
    const body = { appId: inputs["clientId"], ...bodyOf(inputs) };
    const made = await graph.send("POST", "/servicePrincipals", body);
    const path = `/servicePrincipals/${textOf(made, "id")}`;
    // The real provider patches it until that is not answered 404 (service_principal_resource.go).
    await graph.shown(path);
    return path;
  },
  async read(graph, id) {
    const found = await graph.find(id);
    return found && stateOf(found);
  },
  async update(graph, id, inputs) {
    await graph.send("PATCH", id, bodyOf(inputs));
  },
  delete: (graph, id) => graph.remove(`/servicePrincipals/${objectIdOf(id)}`),
};

function bodyOf(inputs: Properties): Properties {
  const { accountEnabled, appRoleAssignmentRequired, description, notes } = inputs;
  // "Defaults to true" and "to false" (servicePrincipal.d.ts).
  return {
    accountEnabled: accountEnabled ?? true,
    appRoleAssignmentRequired: appRoleAssignmentRequired ?? false,
    description: description ?? null,
    notes: notes ?? null,
  };
}

function stateOf(found: Properties): Properties {
  const { id, appId, appOwnerOrganizationId, servicePrincipalType, ...rest } = found;
  const { accountEnabled, appRoleAssignmentRequired, displayName, description, notes } = rest;
  return {
    objectId: id,
    clientId: appId,
    applicationTenantId: appOwnerOrganizationId,
    displayName,
    description,
    notes,
    accountEnabled,
    appRoleAssignmentRequired,
    signInAudience: rest["signInAudience"],
    servicePrincipalNames: rest["servicePrincipalNames"],
    type: servicePrincipalType,
  };
}
