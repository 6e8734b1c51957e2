import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { createEntra } from "../../src/entra/entra.ts";
import { Traffic } from "../../src/http/traffic.ts";
import { plantSeed } from "../../src/local-azure/seed/plant-seed.ts";
import { defaultSeed, HOME, RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import type { Azure } from "../../src/service/azure.ts";
import type {
  Application,
  FederatedIdentityCredential,
  ServicePrincipal,
} from "../../src/world/directory-records.ts";
import { createManagedIdentityPrincipal } from "../../src/world/directory/managed-identity-principal.ts";
import { v2Issuer } from "../../src/world/names/issuers.ts";
import { emptyState } from "../../src/world/state.ts";
import { sharedKeys } from "./shared-keys.ts";

/** The `client_assertion_type` of a signed JWT (RFC 7523 section 2.2). */
export const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * A working exchange, without ports and at a stopped clock: a user-assigned identity in the home tenant, a multitenant
 * application that trusts it, and the application's service principal in the resource tenant. Tests alter one fact of it.
 */
export interface TwoTenants {
  readonly azure: Azure;
  /** Milliseconds since the epoch; tests move it. */
  readonly clock: { milliseconds: number };
  readonly entra: Hono;
  readonly identity: ServicePrincipal;
  readonly application: Application;
  readonly credential: FederatedIdentityCredential;
  readonly principal: ServicePrincipal;
}

/** A new one; only the two tenants have the same ids each time. */
export async function twoTenants(): Promise<TwoTenants> {
  const clock = { milliseconds: Date.UTC(2026, 0, 15, 12) };
  const azure: Azure = {
    clock: { now: () => clock.milliseconds },
    state: emptyState(),
    keys: await sharedKeys([HOME, RESOURCE, "github"]),
    traffic: new Traffic(),
    certificate: { key: "", chain: "", ca: "" },
    caFile: "",
    endpoints: {
      metadata: "https://metadata.localhost",
      login: "https://login.localhost",
      resourceManager: "https://management.localhost",
      graph: "https://graph.localhost",
      storage: "https://storage.localhost",
      keyVault: "https://localhost:9007",
      oidc: "https://oidc.localhost",
      control: "https://control.localhost",
    },
    log: () => {},
  };
  plantSeed(azure, defaultSeed);
  const identity = createManagedIdentityPrincipal(azure, {
    tenantId: HOME,
    resourceId: `/subscriptions/${defaultSeed.tenants[0]?.subscriptionId}/resourceGroups/home/providers/Microsoft.ManagedIdentity/userAssignedIdentities/site`,
    displayName: "site",
  });
  const credential = credentialFor(azure, identity);
  const application = multitenantApplication(HOME, credential);
  azure.state.applications.set(application.objectId, application);
  const principal: ServicePrincipal = {
    ...identity,
    objectId: randomUUID(),
    appId: application.appId,
    tenantId: RESOURCE,
    displayName: application.displayName,
    servicePrincipalType: "Application",
    alternativeNames: [],
  };
  azure.state.servicePrincipals.set(principal.objectId, principal);
  return { azure, clock, entra: createEntra(azure), identity, application, credential, principal };
}

/** A credential that trusts a managed identity, as Microsoft documents it. */
export function credentialFor(
  azure: Azure,
  identity: ServicePrincipal,
): FederatedIdentityCredential {
  return {
    id: randomUUID(),
    name: "site",
    issuer: v2Issuer(azure, identity.tenantId),
    subject: identity.objectId,
    audiences: ["api://AzureADTokenExchange"],
    description: null,
  };
}

/** A multitenant application with one federated identity credential; not registered yet. */
export function multitenantApplication(
  tenantId: string,
  credential: FederatedIdentityCredential,
): Application {
  return {
    objectId: randomUUID(),
    appId: randomUUID(),
    tenantId,
    displayName: "cross-tenant-data dev",
    signInAudience: "AzureADMultipleOrgs",
    owners: [],
    requiredResourceAccess: [],
    settings: {},
    federatedIdentityCredentials: new Map([[credential.id, credential]]),
    createdDateTime: "2026-01-15T12:00:00Z",
  };
}
