import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalAzure } from "../../src/local-azure/local-azure.ts";
import { trustAuthority } from "../../src/local-azure/trust-authority.ts";
import { type Case, runCases } from "./case.ts";
import type { Suite, SuiteResult } from "./suite.ts";
import { buildGoTool, type GoTool } from "./tools/build-go-tool.ts";
import { kubeloginCases } from "./tools/kubelogin-cases.ts";
import { plantAccounts } from "./tools/planted-accounts.ts";
import { rcloneChanges } from "./tools/rclone-changes.ts";
import { rcloneRefusals } from "./tools/rclone-refusals.ts";
import { rcloneRemotes } from "./tools/rclone-remotes.ts";
import { rcloneTransfers } from "./tools/rclone-transfers.ts";
import { resticCases } from "./tools/restic-cases.ts";
import { toolEnvironment } from "./tools/tool-environment.ts";
import { createTool } from "./tools/tool.ts";

const kubelogin: GoTool = {
  name: "kubelogin",
  module: "github.com/Azure/kubelogin",
  version: "v0.2.21",
  main: "github.com/Azure/kubelogin",
};
const restic: GoTool = {
  name: "restic",
  module: "github.com/restic/restic",
  version: "v0.18.1",
  main: "github.com/restic/restic/cmd/restic",
};
const rclone: GoTool = {
  name: "rclone",
  module: "github.com/rclone/rclone",
  version: "v1.76.0",
  main: "github.com/rclone/rclone",
};

/** Builds the command-line tools from their Go modules into the cache, one after the other, once. */
export async function installToolsSuite(cache: string): Promise<Suite> {
  const programs = new Map<GoTool, string>();
  for (const tool of [kubelogin, restic, rclone])
    programs.set(tool, await buildGoTool(join(cache, "tools"), tool));
  const run: Suite["run"] = async (environment, azure) => {
    const folder = await mkdtemp(join(tmpdir(), "tools-"));
    try {
      await writeFiles(join(folder, "files"));
      return await runTools(programs, folder, environment, azure);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  return { language: "command-line tools", run };
}

async function runTools(
  programs: ReadonlyMap<GoTool, string>,
  folder: string,
  environment: NodeJS.ProcessEnv,
  azure: LocalAzure,
): Promise<SuiteResult> {
  const { caFile, proxy } = azure.connection;
  trustAuthority(caFile);
  const planted = await plantAccounts(azure);
  const env = await toolEnvironment(environment, planted, folder, proxy);
  const tool = (of: GoTool, settings: NodeJS.ProcessEnv) =>
    createTool(programs.get(of) ?? "", folder, { ...env, ...settings });
  const kube = tool(kubelogin, { KUBECACHEDIR: join(folder, "kube") });
  const backup = tool(restic, {
    AZURE_ENDPOINT_SUFFIX: `localhost:${planted.storage.split(":")[1]}`,
    RESTIC_PASSWORD: "of this run alone",
    RESTIC_CACHE_DIR: join(folder, "restic"),
  });
  const copy = tool(rclone, { RCLONE_CONFIG: "", ...rcloneRemotes(planted) });
  const results = await Promise.all([
    runTool(kubelogin, kubeloginCases(kube, planted)),
    runTool(restic, resticCases(backup, planted, env, folder)),
    runTool(rclone, [
      ...rcloneRefusals(copy, planted),
      ...rcloneTransfers(copy),
      ...rcloneChanges(copy, planted, env),
    ]),
  ]);
  return {
    rows: results.flatMap(({ rows }) => rows),
    passed: results.every(({ passed }) => passed),
    output: results.map(({ output }) => output).join("\n"),
  };
}

function runTool({ name, version }: GoTool, cases: readonly Case[]): Promise<SuiteResult> {
  return runCases([{ cases, close: async () => {} }], { client: name, version });
}

/** Small and large ones, and names that have to be encoded. */
async function writeFiles(folder: string): Promise<void> {
  await mkdir(join(folder, "sub"), { recursive: true });
  await writeFile(join(folder, "small.txt"), "hello");
  await writeFile(join(folder, "empty"), "");
  await writeFile(join(folder, "sub", "ä b&c+d%20.txt"), "encoded");
  await writeFile(join(folder, "large.bin"), Buffer.alloc(10 << 20, "0123456789abcdef-"));
}
