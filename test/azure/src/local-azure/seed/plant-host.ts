import type { AppService } from "../../app-service/app-service.ts";
import { planSku } from "../../resource-manager/web/plan.ts";
import type { Azure } from "../../service/azure.ts";
import type { Tenant } from "../../world/directory-records.ts";
import { createManagedIdentityPrincipal } from "../../world/directory/managed-identity-principal.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { State } from "../../world/state.ts";
import type { HostEnvironment } from "../control/host-environment.ts";

/** One user-assigned identity on a site without code and on a virtual machine, and what to export to be either. */
export interface PlantedHost {
  readonly identity: Identity;
  readonly site: PlayableHost;
  readonly virtualMachine: PlayableHost;
}

interface Identity {
  readonly resourceId: string;
  readonly clientId: string;
  readonly principalId: string;
}

interface PlayableHost {
  readonly resourceId: string;
  readonly environment: Record<string, string>;
}

/**
 * Puts hosts into a tenant, unless they are there, for programs that the local Azure did not start, in a resource group
 * `host` of their own. No deployer could make the virtual machine: their roles have nothing of Microsoft.Compute.
 */
export async function plantHost(
  azure: Azure,
  appService: AppService,
  hostEnvironment: HostEnvironment,
  tenant: Tenant,
): Promise<PlantedHost> {
  const { state } = azure;
  addResource(state, tenant, "Microsoft.Resources/resourceGroups");
  const identity = addIdentity(azure, tenant);
  const { resourceId, clientId, principalId } = identity;
  const assigned = {
    type: "UserAssigned",
    userAssignedIdentities: { [resourceId]: { clientId, principalId } },
  };
  const plan = addResource(state, tenant, "Microsoft.Web/serverfarms", { reserved: true });
  plan.sku = planSku({ name: "B1" });
  const site = addResource(state, tenant, "Microsoft.Web/sites", {
    serverFarmId: plan.id,
    reserved: true,
  });
  site.kind = "app,linux";
  site.identity = assigned;
  await appService.applySite(site);
  const machine = addResource(state, tenant, "Microsoft.Compute/virtualMachines");
  machine.identity = assigned;
  const playable = async ({ id }: Resource): Promise<PlayableHost> => ({
    resourceId: id,
    environment: await hostEnvironment(id),
  });
  return { identity, site: await playable(site), virtualMachine: await playable(machine) };
}

function addIdentity(azure: Azure, tenant: Tenant): Identity {
  const { tenantId } = tenant;
  const resource = addResource(
    azure.state,
    tenant,
    "Microsoft.ManagedIdentity/userAssignedIdentities",
  );
  const resourceId = resource.id;
  const { clientId: heldClientId, principalId: heldPrincipalId } = resource.properties;
  if (typeof heldClientId === "string" && typeof heldPrincipalId === "string")
    return { resourceId, clientId: heldClientId, principalId: heldPrincipalId };
  const args = { tenantId, resourceId, displayName: "host" };
  const { appId: clientId, objectId: principalId } = createManagedIdentityPrincipal(azure, args);
  resource.properties = { tenantId, clientId, principalId };
  return { resourceId, clientId, principalId };
}

function addResource(
  state: State,
  { tenantId, subscriptionId, location }: Tenant,
  type: string,
  properties: Resource["properties"] = {},
): Resource {
  const group = `/subscriptions/${subscriptionId}/resourceGroups/host`;
  const id =
    type === "Microsoft.Resources/resourceGroups" ? group : `${group}/providers/${type}/host`;
  const held = state.resources.get(id.toLowerCase());
  if (held !== undefined) return held;
  const resource: Resource = {
    id,
    name: "host",
    type,
    tenantId,
    subscriptionId,
    location,
    properties: { ...properties, provisioningState: "Succeeded" },
  };
  state.resources.set(id.toLowerCase(), resource);
  return resource;
}
