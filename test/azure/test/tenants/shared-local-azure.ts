import { test } from "vitest";
import { startLocalAzure } from "../../src/local-azure/local-azure.ts";
import { defaultSeed } from "../../src/local-azure/seed/default-seed.ts";

/**
 * Vitest's `test` with `azure`, the local Azure of all test files of a worker that use it: started for the first of them,
 * back to its seed for each, and ended with the worker. Keys that a file rolled stay.
 */
export const sharedLocalAzure = test
  .extend("seed", { scope: "worker" }, defaultSeed)
  .extend("started", { scope: "worker" }, async ({ seed }, { onCleanup }) => {
    const azure = await startLocalAzure(seed, { log: () => {} });
    onCleanup(() => azure.close());
    return azure;
  })
  .extend("azure", { scope: "file" }, async ({ started }) => {
    await started.reset();
    return started;
  });
