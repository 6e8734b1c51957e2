import type { State } from "../../world/state.ts";
import { ManagementError } from "./errors.ts";
import { findResource, requireResourceGroup } from "./resource-store.ts";

/** Throws unless a scope exists to attach something to: a subscription, a resource group or a resource. */
export function requireScope(state: State, scope: string): void {
  if (/^\/subscriptions\/[^/]+$/i.test(scope)) return;
  requireResourceGroup(state, scope);
  // The blob service of an account exists without ever being written.
  const resourceId = scope.replace(/\/blobServices\/default$/i, "");
  if (findResource(state, resourceId) !== undefined) return;
  throw new ManagementError(
    404,
    "ResourceNotFound",
    `The Resource '${scope}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** Whether a scope is `upper` or lies below it. Letter case means nothing in ids. */
export function isAtOrBelow(scope: string, upper: string): boolean {
  return `${scope}/`.toLowerCase().startsWith(`${upper}/`.toLowerCase());
}
