import type { State } from "../../world/state.ts";
import { ManagementError } from "./errors.ts";
import type { ManagementRequest } from "./operation.ts";
import { resourceTypeOf } from "./resource-type.ts";

const type = "Microsoft.Resources/subscriptions/providers";

/**
 * Whether a subscription may use a provider's types. It may from the start, since those who seed a subscription registered
 * what they deploy; only the providers that were unregistered are kept.
 */
export function isRegistered(state: State, subscriptionId: string, namespace: string): boolean {
  return !state.resources.has(registrationId(subscriptionId, namespace).toLowerCase());
}

/** Registers or unregisters a provider. Microsoft.Authorization and Microsoft.Resources are there for everybody and stay. */
export function setRegistered(
  { azure, tenant }: ManagementRequest,
  namespace: string,
  registered: boolean,
): void {
  const { tenantId, subscriptionId } = tenant;
  const id = registrationId(subscriptionId, namespace);
  if (registered) azure.state.resources.delete(id.toLowerCase());
  else if (!/^Microsoft\.(?:Authorization|Resources)$/i.test(namespace))
    azure.state.resources.set(id.toLowerCase(), {
      id,
      name: namespace,
      type,
      tenantId,
      subscriptionId,
      properties: { registrationState: "NotRegistered" },
    });
}

/**
 * Throws for a type of a provider that is not registered
 * (learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-register-resource-provider).
 */
export function requireRegistration(state: State, method: string, id: string): void {
  const namespace = resourceTypeOf(method, id)?.namespace;
  const subscriptionId = id.split("/")[2] ?? "";
  if (namespace === undefined || isRegistered(state, subscriptionId, namespace)) return;
  throw new ManagementError(
    409,
    "MissingSubscriptionRegistration",
    `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
  );
}

function registrationId(subscriptionId: string, namespace: string): string {
  return `/subscriptions/${subscriptionId}/providers/${namespace}`;
}
