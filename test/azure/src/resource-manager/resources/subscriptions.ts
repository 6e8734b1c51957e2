import type { JsonObject } from "../../base/json.ts";
import { holdsRoleIn } from "../../world/access/access.ts";
import type { Tenant } from "../../world/directory-records.ts";
import { initialDomain } from "../../world/directory/lookup.ts";
import type { State } from "../../world/state.ts";
import type { Operation } from "../engine/operation.ts";
import { regions } from "../engine/regions.ts";
import { subscriptionTags } from "./tag-holders.ts";

const action = "Microsoft.Resources/subscriptions";

/**
 * Tenants, subscriptions and their locations (https://learn.microsoft.com/rest/api/resources/tenants and /subscriptions).
 * A service principal is in one tenant. That it sees every subscription in which it has a role for management is unverified.
 */
export const subscriptionOperations: Operation[] = [
  {
    method: "GET",
    path: "/tenants",
    action: null,
    handle: ({ tenant }) => Response.json({ value: [renderTenant(tenant)] }),
  },
  {
    method: "GET",
    path: "/subscriptions",
    action: null,
    handle: ({ azure, caller, tenant }) => {
      const scope = `/subscriptions/${tenant.subscriptionId}`;
      const value = holdsRoleIn(azure, caller, scope)
        ? [renderSubscription(azure.state, tenant)]
        : [];
      return Response.json({ value, count: { type: "Total", value: value.length } });
    },
  },
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}",
    action: `${action}/read`,
    handle: ({ azure, tenant }) => Response.json(renderSubscription(azure.state, tenant)),
  },
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/locations",
    action: `${action}/locations/read`,
    missing: "availability zones and the places of regions",
    handle: ({ id }) => {
      const value = regions.map(({ name, displayName }) => ({
        id: `${id}/${name}`,
        name,
        type: "Region",
        displayName,
        regionalDisplayName: displayName,
        metadata: { regionType: "Physical", regionCategory: "Recommended" },
      }));
      return Response.json({ value });
    },
  },
];

function renderTenant({ tenantId }: Tenant): JsonObject {
  const domain = initialDomain(tenantId);
  return {
    id: `/tenants/${tenantId}`,
    tenantId,
    tenantCategory: "Home",
    tenantType: "AAD",
    displayName: domain,
    defaultDomain: domain,
    domains: [domain],
  };
}

function renderSubscription(state: State, tenant: Tenant): JsonObject {
  const { tenantId, subscriptionId } = tenant;
  const tags = subscriptionTags(state, tenant);
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId,
    tenantId,
    displayName: subscriptionId,
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "PayAsYouGo_2014-09-01",
      spendingLimit: "Off",
    },
    tags: tags ?? {},
  };
}
