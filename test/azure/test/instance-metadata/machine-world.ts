import { createAppService } from "../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import { createMachineEndpoint } from "../../src/instance-metadata/machine-endpoint.ts";
import type { Azure } from "../../src/service/azure.ts";
import { createManagement, type Management } from "../resource-manager/management-client.ts";
import { type BareTenants, createBareTenants } from "../tenants/bare-tenants.ts";

/** What an instance metadata service answered. */
export interface MetadataAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, string>;
}

/** A subscription's owner and the machines in its resource group `rg`, without ports and at a stopped clock. */
export interface MachineWorld {
  readonly tenants: BareTenants;
  readonly azure: Azure;
  /** Milliseconds since the epoch; tests move it. */
  readonly clock: { milliseconds: number };
  readonly owner: Management;
  /** Resource id of a virtual machine, and of a user-assigned identity. */
  machine(name: string): string;
  identity(name: string): string;
  /** Creates a machine, or gives it another identity. */
  putMachine(name: string, identity?: unknown): Promise<Record<string, unknown>>;
  putIdentity(name: string): Promise<{ clientId: string; principalId: string }>;
  /** The metadata service of a machine, one for all its requests. */
  metadata(name: string): (path: string, init?: RequestInit) => Promise<MetadataAnswer>;
}

/** Query of a good token request, but for the choice of an identity. */
export const TOKEN =
  "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/";

// Keys are the slow part and hold no state, so every world has the same tenants and starts them empty.
const shared = createBareTenants();

/** Starts empty, with a clock and an owner of its own. */
export async function createMachineWorld(): Promise<MachineWorld> {
  const tenants = await shared;
  const { resources, servicePrincipals, roleAssignments } = tenants.azure.state;
  for (const store of [resources, servicePrincipals, roleAssignments]) store.clear();
  const clock = { milliseconds: Date.now() };
  const azure: Azure = { ...tenants.azure, clock: { now: () => clock.milliseconds } };
  const ownerPrincipal = tenants.principal(tenants.home);
  const subscription = `/subscriptions/${tenants.home.subscriptionId}`;
  tenants.grant(ownerPrincipal, "Owner", subscription);
  const owner = createManagement(
    { ...tenants, azure },
    createAppService(azure, issueManagedIdentityToken),
  )(ownerPrincipal);
  await owner("PUT", `${subscription}/resourceGroups/rg`, { location: "westeurope" });
  const providers = `${subscription}/resourceGroups/rg/providers`;
  const machine = (name: string) => `${providers}/Microsoft.Compute/virtualMachines/${name}`;
  const identity = (name: string) =>
    `${providers}/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  return {
    tenants,
    azure,
    clock,
    owner,
    machine,
    identity,
    async putMachine(name, assigned) {
      const body = { location: "westeurope", properties: {}, identity: assigned };
      return (await owner("PUT", machine(name), body)).body;
    },
    async putIdentity(name) {
      const { body } = await owner("PUT", identity(name), { location: "westeurope" });
      return body["properties"] as { clientId: string; principalId: string };
    },
    metadata(name) {
      const endpoint = createMachineEndpoint(azure, issueManagedIdentityToken, machine(name));
      return async (path, init = { headers: { metadata: "true" } }) => {
        const response = await endpoint.request(path, init);
        const body = (await response.json()) as Record<string, string>;
        return { status: response.status, headers: response.headers, body };
      };
    },
  };
}
