import { randomUUID } from "node:crypto";
import type { Azure } from "../../service/azure.ts";
import { GITHUB_SUBJECT } from "../../surroundings/github-oidc.ts";
import type { Application } from "../../world/directory-records.ts";
import { EXCHANGE_AUDIENCE } from "../../world/tokens/apis.ts";

/** As whom the emulated GitHub Actions workflow signs in to one tenant. */
export interface Workflow {
  readonly tenantId: string;
  readonly clientId: string;
  /** Of the service principal. */
  readonly objectId: string;
  readonly displayName: string;
  readonly graphPermissions: readonly string[];
}

/** Puts in an application that trusts the emulated GitHub Actions workflow and nobody else, and its service principal. */
export function plantWorkflow(azure: Azure, workflow: Workflow): void {
  const { tenantId, clientId, objectId, displayName, graphPermissions } = workflow;
  const registered = bareApplication(azure, tenantId, clientId, displayName);
  const id = randomUUID();
  registered.federatedIdentityCredentials.set(id, {
    id,
    name: "github-actions",
    issuer: azure.endpoints.oidc,
    subject: GITHUB_SUBJECT,
    audiences: [EXCHANGE_AUDIENCE],
    description: null,
  });
  azure.state.applications.set(registered.objectId, registered);
  azure.state.servicePrincipals.set(objectId, {
    objectId,
    appId: clientId,
    tenantId,
    displayName,
    accountEnabled: true,
    servicePrincipalType: "Application",
    graphPermissions,
    alternativeNames: [],
    settings: {},
    createdDateTime: registered.createdDateTime,
  });
}

/** A single-tenant application without any credential; not registered yet. */
export function bareApplication(
  azure: Azure,
  tenantId: string,
  appId: string,
  displayName: string,
): Application {
  return {
    objectId: randomUUID(),
    appId,
    tenantId,
    displayName,
    signInAudience: "AzureADMyOrg",
    owners: [],
    requiredResourceAccess: [],
    settings: {},
    federatedIdentityCredentials: new Map(),
    createdDateTime: new Date(azure.clock.now()).toISOString(),
  };
}
