import { randomUUID } from "node:crypto";
import { issueApplicationToken } from "../../src/entra/issue-token.ts";
import { createCertificate } from "../../src/http/certificate.ts";
import { Traffic } from "../../src/http/traffic.ts";
import type { Azure } from "../../src/service/azure.ts";
import { builtInRoles } from "../../src/world/access/built-in-roles.ts";
import { systemClock } from "../../src/world/clock.ts";
import type { ServicePrincipal, Tenant } from "../../src/world/directory-records.ts";
import type { Endpoints } from "../../src/world/endpoints.ts";
import { emptyState, type State } from "../../src/world/state.ts";
import { sharedKeys } from "./shared-keys.ts";

/** A local Azure of two tenants with nothing in them, for tests of single services. */
export interface BareTenants {
  readonly azure: Azure;
  readonly home: Tenant;
  readonly other: Tenant;
  /** Events logged so far, one JSON text each. */
  readonly logged: string[];
  principal(tenant: Tenant): ServicePrincipal;
  /** Assigns a built-in role by name. */
  grant(principal: ServicePrincipal, roleName: string, scope: string, condition?: string): void;
  /** An Authorization header with a token for one of the services. */
  bearer(principal: ServicePrincipal, name: "resource-manager" | "storage"): Promise<string>;
}

const endpoints: Endpoints = {
  metadata: "https://localhost:9000",
  login: "https://localhost:9001",
  resourceManager: "https://localhost:9002",
  graph: "https://localhost:9003",
  storage: "https://localhost:9004",
  oidc: "https://localhost:9005",
  control: "https://localhost:9006",
  keyVault: "https://localhost:9007",
};

const audiences = {
  "resource-manager": "https://management.azure.com/",
  storage: "https://storage.azure.com",
};

// Slow to make, and without state: every test of a worker shares them.
const certificate = createCertificate();

/** Two new tenants, with keys that every test of a worker shares. */
export async function createBareTenants(): Promise<BareTenants> {
  const state = emptyState();
  const [home, other] = [newTenant(state), newTenant(state)];
  for (const role of builtInRoles)
    state.roleDefinitions.set(role.id.slice(role.id.lastIndexOf("/") + 1), role);
  const logged: string[] = [];
  const azure: Azure = {
    clock: systemClock,
    state,
    keys: await sharedKeys([home.tenantId, other.tenantId]),
    traffic: new Traffic(),
    certificate: await certificate,
    // No site under test calls an HTTPS service, so nothing has to be written to disk.
    caFile: "",
    endpoints,
    log: (event, fields) => void logged.push(JSON.stringify({ event, ...fields })),
  };
  return {
    azure,
    home,
    other,
    logged,
    principal: (tenant) => newPrincipal(azure, tenant),
    grant: (principal, roleName, scope, condition) =>
      assignRole(state, principal, roleName, scope, condition),
    bearer: async (principal, name) => {
      const target = { name, audience: audiences[name] };
      return `Bearer ${(await issueApplicationToken(azure, principal, target)).token}`;
    },
  };
}

function newTenant(state: State): Tenant {
  const tenant = { tenantId: randomUUID(), subscriptionId: randomUUID(), location: "westeurope" };
  state.tenants.set(tenant.tenantId, tenant);
  return tenant;
}

function newPrincipal(azure: Azure, { tenantId }: Tenant): ServicePrincipal {
  const principal: ServicePrincipal = {
    objectId: randomUUID(),
    appId: randomUUID(),
    tenantId,
    displayName: "test",
    accountEnabled: true,
    servicePrincipalType: "Application",
    graphPermissions: [],
    alternativeNames: [],
    settings: {},
    createdDateTime: new Date(azure.clock.now()).toISOString(),
  };
  azure.state.servicePrincipals.set(principal.objectId, principal);
  return principal;
}

function assignRole(
  state: State,
  { tenantId, objectId }: ServicePrincipal,
  roleName: string,
  scope: string,
  condition: string | undefined,
): void {
  const role = [...state.roleDefinitions].find(([, { roleName: name }]) => name === roleName);
  if (role === undefined) throw new Error(`no role "${roleName}"`);
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  state.roleAssignments.set(id.toLowerCase(), {
    id,
    tenantId,
    scope,
    principalId: objectId,
    principalType: "ServicePrincipal",
    roleDefinitionGuid: role[0],
    ...(condition === undefined ? {} : { condition }),
  });
}
