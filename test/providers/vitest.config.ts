import { defineConfig } from "vitest/config";

/**
 * `npm run test:providers`: the real azuread plugin on the local Azure, in its own tests and in those of the end-to-end tests
 * that say what a stack's life and its refusals are. It waits as it does on Azure, so most of the time is spent waiting.
 */
export default defineConfig({
  test: {
    globalSetup: "test/providers/support/provide-plugin.ts",
    include: [
      "test/providers/*.test.ts",
      "test/e2e/{lifecycle,sign-in,dead-ends,eventual-consistency,lost-answers}.test.ts",
    ],
    // What a test prints is worth reading when it failed.
    silent: "passed-only",
    isolate: false,
    maxWorkers: 4,
    // Deleting an object takes the plugin 20 s, one after the other: this is to end what hangs.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
