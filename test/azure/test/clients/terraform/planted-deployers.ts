import type { Connection } from "../../../src/local-azure/connection.ts";
import type { LocalAzure } from "../../../src/local-azure/local-azure.ts";
import { findServicePrincipal } from "../../../src/world/directory/lookup.ts";
import type { State } from "../../../src/world/state.ts";
import { addApplication } from "../planted-application.ts";
import { allowActions } from "./planted-actions.ts";
import type { TenantVariable } from "./planted-tenants.ts";

type SeededTenant = Connection["tenants"][number];

/** The seeded deployers as a configuration's variables name them, and what is not theirs. */
export interface PlantedDeployers {
  readonly home: TenantVariable;
  readonly resource: TenantVariable;
  /** Object id of an application at home. */
  readonly foreignApplicationId: string;
  /** Allows the resource deployer what the provider reads of an account beside what the stack needs. */
  allowFileServices(): void;
  /** Allows the home deployer to ask whether a site's name is free, as the provider does and the stack does not. */
  allowNameCheck(): void;
}

/** Finds the seeded deployers, and plants an application at home that is nobody's. */
export function plantDeployers({ state, connection }: LocalAzure): PlantedDeployers {
  const [home, resource] = connection.tenants;
  if (home === undefined || resource === undefined) throw new Error("the seed has two tenants");
  return {
    home: variable(home),
    resource: variable(resource),
    foreignApplicationId: plantForeign(state, home).objectId,
    allowFileServices: () =>
      allow(state, resource, "Microsoft.Storage/storageAccounts/fileServices/read"),
    allowNameCheck: () => allow(state, home, "Microsoft.Web/checknameavailability/read"),
  };
}

function variable(tenant: SeededTenant): TenantVariable {
  const { tenantId, subscriptionId, location, deployerClientId } = tenant;
  return {
    tenant_id: tenantId,
    subscription_id: subscriptionId,
    client_id: deployerClientId,
    location,
  };
}

function plantForeign(state: State, { tenantId }: SeededTenant) {
  const trust = { issuer: "https://token.example", subject: "nobody", audience: "nothing" };
  const { clientId } = addApplication(state, tenantId, trust, undefined);
  const application = [...state.applications.values()].find(({ appId }) => appId === clientId);
  if (application === undefined) throw new Error("nothing was planted");
  return application;
}

function allow(state: State, tenant: SeededTenant, action: string): void {
  const deployer = findServicePrincipal(state, tenant.tenantId, tenant.deployerClientId);
  if (deployer === undefined) throw new Error(`no deployer in ${tenant.tenantId}`);
  allowActions(state, tenant, deployer.objectId, [action]);
}
