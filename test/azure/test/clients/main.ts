import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { step } from "./step.ts";
import { startLocalAzure } from "../../src/local-azure/local-azure.ts";
import { defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import { readRoles } from "../../src/local-azure/seed/roles.ts";
import { renderResults } from "./results-table.ts";
import { suiteEnvironment } from "./suite-environment.ts";
import type { Suite, SuiteResult } from "./suite.ts";
import { selectSuites } from "./suites.ts";
import { plantWorld } from "./world.ts";

/** With these, cases show what a deployer's role and its condition refuse. */
const ROLES = join(import.meta.dirname, "../../../../infra/roles");

/**
 * `npm run test:clients [-- NAME...]`: Microsoft's clients, unmodified, against the local Azure; those of the named suites,
 * or of all. Installs them into the user's cache, prints one table and fails when a case failed or a suite did not run.
 */
async function main(): Promise<void> {
  const selected = selectSuites(process.argv.slice(2));
  const caches = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const cache = join(caches, "local-azure", "clients");
  await mkdir(cache, { recursive: true });
  const suites = await Promise.all(
    selected.map(([name, install]) => step(`clients of ${name}`, () => install(cache))),
  );
  const results: SuiteResult[] = [];
  for (const suite of suites) results.push(await runSuite(suite));
  report(results);
}

/** Each suite has an Azure of its own: what one creates would stand in the other's lists. */
async function runSuite(suite: Suite): Promise<SuiteResult> {
  // Its log tells of every refusal, and refusals are what is asked for here.
  const options = { ...suite.azure, log: () => {} };
  const azure = await step("local Azure with two tenants", async () =>
    startLocalAzure({ ...defaultSeed, roles: await readRoles(ROLES) }, options),
  );
  try {
    const environment = suiteEnvironment(azure.connection, await plantWorld(azure));
    return await step(`cases for ${suite.language}`, () => suite.run(environment, azure));
  } finally {
    await azure.close();
  }
}

function report(results: readonly SuiteResult[]): void {
  const rows = results.flatMap((result) => result.rows);
  for (const { passed, output } of results) if (!passed) process.stdout.write(`${output}\n`);
  const failed = rows.filter(({ passed }) => !passed).length;
  process.stdout.write(
    `${renderResults(rows)}\n${rows.length - failed} passed, ${failed} failed\n`,
  );
  const ran = results.every((result) => result.passed && result.rows.length > 0);
  if (failed > 0 || !ran) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`clients: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
