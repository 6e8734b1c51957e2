import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Workers and the processes they start load the same large SDKs again and again; Node then compiles them once. This is
// the folder that it has for it anyway (nodejs.org/api/module.html#module-compile-cache).
process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "node-compile-cache");

/**
 * Milliseconds after which a test or hook, and within it an `expect.poll`, hangs. A timeout is to end what hangs, not to say
 * how fast a machine is, which may have one processor left for all of this.
 */
const patience = (milliseconds: number) => ({
  testTimeout: milliseconds,
  hookTimeout: milliseconds,
  expect: { poll: { timeout: 120_000 } },
});

const beside = "{test/{infra,app,azure,engine,lint,packing},app/token/test}/**";
const site = "{test/app,app/token/test}/**/*.process.test.ts";
const fuzz = "test/azure/test/fuzz/*.process.test.ts";

// The program is loaded by Node itself, as the engine does: Pulumi must serialize the package's provider as written. So in
// every project, because files of several may run in one worker, where two copies of a class would be two classes.
const server = { deps: { external: [/(?<!\/test)\/infra\/.*\.ts/] } };

/**
 * `unit` is the quick loop; `processes` and `site` start servers and child processes beside it; `fuzz` sends the local Azure
 * what no client would; `e2e` starts it and the real Pulumi engine.
 */
export default defineConfig({
  test: {
    // What a test prints is worth reading when it failed.
    silent: "passed-only",
    // Many tests wait for a moment now and then, for a poll or a process; one more worker than processors uses that time.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: "unit",
          include: [`${beside}/*.test.ts`],
          exclude: [`${beside}/*.process.test.ts`],
          ...patience(120_000),
          // One load of the large SDKs for all files of a worker; these tests leave nothing behind.
          isolate: false,
          server,
        },
      },
      {
        test: {
          name: "processes",
          include: [`${beside}/*.process.test.ts`],
          exclude: [site, fuzz],
          isolate: false,
          server,
          ...patience(900_000),
        },
      },
      {
        test: {
          name: "fuzz",
          include: [fuzz],
          isolate: false,
          server,
          ...patience(900_000),
        },
      },
      {
        test: {
          name: "site",
          // MSAL keeps the identity endpoint's address and HTTP client for the process, so each file has its own.
          include: [site],
          server,
          ...patience(900_000),
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          isolate: false,
          server,
          ...patience(1_800_000),
        },
      },
    ],
  },
});
