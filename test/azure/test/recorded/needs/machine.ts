import type { Replay } from "./under-way.ts";
import { ensure } from "./ensure.ts";

/** Makes the machine whose instance metadata service is asked, with an identity of its own. */
export async function machineNeeds(replay: Replay): Promise<void> {
  const identity = { type: "SystemAssigned" };
  await ensure(replay, machineId(replay.world.subscriptionId), { identity });
}

/** The machine that every request to the link-local address is of. */
export function machineId(subscriptionId: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/machines/providers/Microsoft.Compute/virtualMachines/machine`;
}
