import { derivedGuid } from "../../base/guid.ts";
import type { Azure } from "../../service/azure.ts";
import type { Tenant } from "../../world/directory-records.ts";
import { OWNER } from "./plant-seed.ts";
import { plantWorkflow } from "./plant-workflow.ts";

const GRAPH_PERMISSIONS = [
  "Application.ReadWrite.All",
  "AppRoleAssignment.ReadWrite.All",
  "Directory.Read.All",
];

/** An application that may do in its tenant what the deployers of the stack may not. */
export interface PlantedOwner {
  readonly tenantId: string;
  readonly clientId: string;
  /** Of its service principal. */
  readonly objectId: string;
}

/**
 * Puts into each tenant, unless it is there, an application that is Owner of the subscription and may write every
 * application and assign every application's roles, for what a person does before and beside the deployers: roles,
 * registrations, consent. It signs in as they do.
 */
export function plantOwners(azure: Azure): PlantedOwner[] {
  return [...azure.state.tenants.values()].map((tenant) => plantOwner(azure, tenant));
}

function plantOwner(azure: Azure, { tenantId, subscriptionId }: Tenant): PlantedOwner {
  // The same at every start, so that a kept local Azure goes on with its owners.
  const clientId = derivedGuid(`client id of the owner of ${tenantId}`);
  const objectId = derivedGuid(`service principal of the owner of ${tenantId}`);
  const owner = { tenantId, clientId, objectId };
  if (azure.state.servicePrincipals.has(objectId)) return owner;
  plantWorkflow(azure, { ...owner, displayName: "owner", graphPermissions: GRAPH_PERMISSIONS });
  const scope = `/subscriptions/${subscriptionId}`;
  const name = derivedGuid(`role assignment of the owner of ${tenantId}`);
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  azure.state.roleAssignments.set(id.toLowerCase(), {
    id,
    tenantId,
    scope,
    principalId: objectId,
    principalType: "ServicePrincipal",
    roleDefinitionGuid: OWNER,
  });
  return owner;
}
