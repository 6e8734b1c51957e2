import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type LocalAzure, readRoles, readSeed, startLocalAzure, trustAuthority } from "local-azure";
import type { Faults, TokenLifetimes } from "local-azure/testing";
import { stringify } from "yaml";
import { contoso, devConfig } from "../e2e/support/dev-config.ts";
import { createWorkspace } from "../engine/src/workspace/workspace.ts";
import { printProgress, step } from "../start/progress.ts";
import type { StackOutputs } from "../start/stack-outputs.ts";

/** The dev stack with more resource tenants, deployed by a real `pulumi up` on a local Azure of its own. */
export interface DeployedStack {
  readonly siteUrl: string;
  readonly targets: readonly string[];
  readonly faults: Faults;
  /** What the local Azure and the site have logged. */
  readonly logFile: string;
  /** Ends the local Azure; `keepLog` leaves the log where it is. */
  close(keepLog: boolean): Promise<void>;
}

const projectRoot = resolve(import.meta.dirname, "../..");

/** Besides contoso: with eight tenants a token is due every three seconds or so. */
const moreTenants = "adatum fabrikam litware northwind proseware tailwind wingtip".split(" ");

/** Starts a local Azure whose tokens live this long and deploys to it; ends with `signal`. Throws with the engine's output. */
export async function deployStack(
  tokenLifetimes: TokenLifetimes,
  signal: AbortSignal,
): Promise<DeployedStack> {
  const folder = await mkdtemp(join(tmpdir(), "soak-"));
  const configFile = join(folder, "Pulumi.dev.yaml");
  await writeFile(configFile, stackConfig());
  const logFile = join(folder, "azure.log");
  const output = createWriteStream(logFile);
  const log = (event: string, fields = {}) =>
    void output.write(`${JSON.stringify({ event, ...fields })}\n`);
  const seed = { ...(await readSeed(configFile)), roles: await readRoles("infra/roles") };
  const azure = await step("local Azure", () => startLocalAzure(seed, { log, tokenLifetimes }));
  const close = async (keepLog: boolean) => {
    await azure.close();
    await new Promise((ended) => output.end(ended));
    if (!keepLog) await rm(folder, { recursive: true, force: true });
  };
  try {
    const outputs = await up(azure, folder, configFile, signal);
    const targets = outputs.targets.map(({ name }) => name);
    return { siteUrl: outputs.siteUrl, targets, faults: azure.traffic.faults, logFile, close };
  } catch (error) {
    await close(false);
    throw error;
  }
}

async function up(
  azure: LocalAzure,
  folder: string,
  configFile: string,
  signal: AbortSignal,
): Promise<StackOutputs> {
  trustAuthority(azure.caFile);
  const directory = join(folder, "local");
  const workspace = await step("Pulumi engine", () =>
    createWorkspace({ directory, projectRoot, azure: azure.connection, configFile }),
  );
  const run = async (...args: string[]) => {
    const result = await workspace.run(args, { onOutput: printProgress, signal });
    if (result.code === 0) return result.stdout;
    throw new Error(`pulumi ${args.join(" ")} failed:\n${result.stdout}${result.stderr}`);
  };
  await step("pulumi up", () => run("up", "--yes", "--skip-preview", "--non-interactive"));
  return JSON.parse(await run("stack", "output", "--json")) as StackOutputs;
}

function stackConfig(): string {
  const added = moreTenants.map((name) => ({
    ...contoso(),
    name,
    tenantId: randomUUID(),
    subscriptionId: randomUUID(),
    deployerClientId: randomUUID(),
    targets: [{ name: `${name}1` }],
  }));
  const values = Object.entries(devConfig({ resourceTenants: [contoso(), ...added] }));
  const config = values.map(([key, value]) => [`cross-tenant-data:${key}`, value]);
  return stringify({ config: Object.fromEntries(config) as Record<string, unknown> });
}
