import { defineConfig } from "vitest/config";

const beside = "test/{infra,app,azure,engine}/**";

/**
 * `unit` is the quick loop; `processes` starts servers and child processes beside it; `e2e` starts the local Azure and
 * the real Pulumi engine, one test file at a time.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          sequence: { groupOrder: 0 },
          include: [`${beside}/*.test.ts`],
          exclude: [`${beside}/*.process.test.ts`],
          testTimeout: 20_000,
          // One load of the large SDKs for all files of a worker; these tests leave nothing behind.
          isolate: false,
          // Loaded by Node itself, as the engine does: Pulumi must serialize the package's provider as written.
          server: { deps: { external: [/(?<!\/test)\/infra\/.*\.ts/] } },
        },
      },
      {
        test: {
          name: "processes",
          sequence: { groupOrder: 1 },
          include: [`${beside}/*.process.test.ts`],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          sequence: { groupOrder: 2 },
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
