import { Traffic } from "../src/http/traffic.ts";
import type { Azure } from "../src/service/azure.ts";
import { systemClock } from "../src/world/clock.ts";
import { unknownEndpoints } from "../src/world/endpoints.ts";
import { createSigningKeys } from "../src/world/signing-keys.ts";
import { emptyState } from "../src/world/state.ts";

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
