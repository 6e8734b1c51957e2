import type { LocalAzure } from "local-azure";

/** What is in the stores of either tenant beyond the seed, by kind; an empty object when there is nothing. */
export function leftovers({ state, connection }: LocalAzure): Record<string, string[]> {
  const seeded = new Set(connection.tenants.map(({ deployerClientId }) => deployerClientId));
  const subscriptions = new Set(
    connection.tenants.map((t) => `/subscriptions/${t.subscriptionId}`),
  );
  const appIds = (things: Iterable<{ appId: string }>) =>
    [...things].map(({ appId }) => appId).filter((appId) => !seeded.has(appId));
  const found = {
    applications: appIds(state.applications.values()),
    deletedApplications: appIds(state.deletedApplications.values()),
    servicePrincipals: appIds(state.servicePrincipals.values()),
    resources: [...state.resources.keys()],
    roleAssignments: [...state.roleAssignments.values()]
      .filter(({ scope }) => !subscriptions.has(scope))
      .map(({ id }) => id),
  };
  return Object.fromEntries(Object.entries(found).filter(([, ids]) => ids.length > 0));
}
