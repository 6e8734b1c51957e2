import { randomUUID } from "node:crypto";
import type { State } from "../../src/world/state.ts";
import { addApplication, type Trust } from "./planted-application.ts";

/** An API of somebody's own, for tokens of either version: an application with a name, let into both tenants. */
export function addApi(
  state: State,
  [home, other]: readonly [home: string, other: string],
  trust: Trust,
  identifierUri: string,
  requestedAccessTokenVersion: 1 | 2,
): void {
  const { clientId, objectId } = addApplication(state, home, trust, other);
  const application = [...state.applications.values()].find(({ appId }) => appId === clientId);
  const principal = state.servicePrincipals.get(objectId);
  if (application === undefined || principal === undefined) throw new Error("nothing was planted");
  application.settings["identifierUris"] = [identifierUri];
  application.settings["api"] = { requestedAccessTokenVersion };
  const atHome = { ...principal, objectId: randomUUID(), tenantId: home, settings: {} };
  state.servicePrincipals.set(atHome.objectId, atHome);
}
