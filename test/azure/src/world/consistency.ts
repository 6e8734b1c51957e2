import type { Clock } from "./clock.ts";

/** A record that others see only after a while, because the directory and its readers are eventually consistent. */
export interface Replicated {
  /** Milliseconds since the epoch; absent when everybody saw it at once. */
  readonly visibleFrom?: number;
}

/**
 * What a record that is written now is marked with. Applications, service principals, those of managed identities too,
 * federated identity credentials, app role and role assignments are; changes of them, and their deletion, are seen at once. A
 * managed identity has tokens at once too, because what Azure answers to its host before it is ready is not known
 * (entra/workload-id/workload-identity-federation-considerations, "Propagation time";
 * azure/role-based-access-control/troubleshooting, "Role assignment changes are not being detected").
 */
export function replicated({
  clock,
  consistencyDelaySeconds = 0,
}: {
  clock: Clock;
  consistencyDelaySeconds?: number;
}): Replicated {
  if (consistencyDelaySeconds === 0) return {};
  return { visibleFrom: clock.now() + consistencyDelaySeconds * 1000 };
}

/** Whether anybody but the writer sees a record by now. */
export function isVisible({ clock }: { clock: Clock }, { visibleFrom }: Replicated): boolean {
  return visibleFrom === undefined || clock.now() >= visibleFrom;
}
