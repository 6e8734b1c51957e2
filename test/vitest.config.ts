import { defineConfig } from "vitest/config";

/** `unit` needs nothing but npm packages; `e2e` starts the local Azure and the real Pulumi engine. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{infra,app,azure,engine}/**/*.test.ts"],
          testTimeout: 20_000,
          // Loaded by Node itself, as the engine does: Pulumi must serialize the package's provider as written.
          server: { deps: { external: [/(?<!\/test)\/infra\/.*\.ts/] } },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
