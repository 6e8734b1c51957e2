import type { Azure } from "../azure.ts";
import { systemClock } from "../clock.ts";
import { createSigningKeys } from "../entra/signing-keys.ts";
import { unknownEndpoints } from "../src/world/endpoints.ts";
import { emptyState } from "../state.ts";
import { Traffic } from "../traffic.ts";

/** An Azure of which nothing is started and nothing exists: enough to build its services and look at their routes. */
export async function unstartedAzure(): Promise<Azure> {
  return {
    clock: systemClock,
    state: emptyState(),
    keys: await createSigningKeys([]),
    traffic: new Traffic(),
    certificate: { key: "", chain: "", ca: "" },
    caFile: "",
    endpoints: unknownEndpoints,
    log: () => undefined,
  };
}
