import { Traffic } from "../../http/traffic.ts";
import type { Azure } from "../../service/azure.ts";
import { systemClock } from "../../world/clock.ts";
import { unknownEndpoints } from "../../world/endpoints.ts";
import { createSigningKeys } from "../../world/signing-keys.ts";
import { emptyState } from "../../world/state.ts";

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
