import { randomUUID } from "node:crypto";
import type { State } from "../../src/world/state.ts";
import { multitenantApplication } from "../tenants/two-tenants.ts";

/** Who may sign in as an application: the three values of its one federated identity credential. */
export interface Trust {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** An application as clients name it. */
export interface PlantedApplication {
  readonly clientId: string;
  /** Of its service principal in the tenant that admitted it, if one did. */
  readonly objectId: string;
}

/** Registers a multitenant application in one tenant and, unless `admittedIn` is undefined, lets it into another. */
export function addApplication(
  state: State,
  homeTenantId: string,
  { issuer, subject, audience }: Trust,
  admittedIn: string | undefined,
): PlantedApplication {
  const credential = { name: "site", issuer, subject, audiences: [audience], description: null };
  const application = multitenantApplication(homeTenantId, { id: randomUUID(), ...credential });
  state.applications.set(application.objectId, application);
  const { appId, displayName, createdDateTime } = application;
  const objectId = randomUUID();
  if (admittedIn !== undefined)
    state.servicePrincipals.set(objectId, {
      objectId,
      appId,
      tenantId: admittedIn,
      displayName,
      accountEnabled: true,
      servicePrincipalType: "Application",
      graphPermissions: [],
      alternativeNames: [],
      settings: {},
      createdDateTime,
    });
  return { clientId: appId, objectId };
}
