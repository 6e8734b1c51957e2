import type { Tenant } from "../../world/directory-records.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { State } from "../../world/state.ts";
import { findResource } from "../engine/resource-store.ts";

/** Where the tags of a subscription itself are kept. */
const type = "Microsoft.Resources/tags";

/** What can have tags at or below a subscription: itself, its groups and its resources. */
export function tagHolders(state: State, subscription: string): Resource[] {
  const prefix = `${subscription}/`.toLowerCase();
  return [...state.resources.values()].filter(({ id }) => id.toLowerCase().startsWith(prefix));
}

/** The tags of a subscription, undefined when it never had any. */
export function subscriptionTags(
  state: State,
  { subscriptionId }: Tenant,
): Record<string, string> | undefined {
  return findResource(state, idOf(subscriptionId))?.tags;
}

/** What keeps a subscription's tags, made when it is not there. */
export function subscriptionTagHolder(state: State, tenant: Tenant): Resource {
  const { tenantId, subscriptionId } = tenant;
  const id = idOf(subscriptionId);
  const existing = findResource(state, id);
  if (existing !== undefined) return existing;
  const holder = { id, name: "default", type, tenantId, subscriptionId, properties: {} };
  state.resources.set(id.toLowerCase(), holder);
  return holder;
}

function idOf(subscriptionId: string): string {
  return `/subscriptions/${subscriptionId}/providers/${type}/default`;
}
