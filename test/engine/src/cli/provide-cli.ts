import { execFile } from "node:child_process";
import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheDirectory } from "../cache-directory.ts";
import { engineVersion } from "../engine-version.ts";
import { pulumiHomes } from "../pulumi-homes.ts";
import { buildCli } from "./build-cli.ts";
import { downloadCli } from "./download-cli.ts";

/** Where a CLI may come from. Both makers put an executable at `target` in one step, or throw. */
export interface CliSources {
  readonly cache: string;
  /** Pulumi homes of the user, only read. */
  readonly homes: readonly string[];
  download(target: string): Promise<void>;
  build(target: string): Promise<void>;
}

/**
 * The path of a Pulumi CLI of exactly the pinned version: built or downloaded before, installed by the user, downloaded
 * by the npm package `pulumi`, or built from its Go module.
 *
 * @throws when there is none and none can be made, with what to install
 */
export async function provideCli(sources: CliSources = defaultSources()): Promise<string> {
  const folder = `pulumi-${engineVersion}-${process.platform}-${process.arch}`;
  const ours = join(sources.cache, folder, "pulumi");
  if (isExecutable(ours)) return ours;
  for (const home of sources.homes) {
    const installed = join(home, "versions", engineVersion, "bin", "pulumi");
    if (isExecutable(installed) && (await versionOf(installed)) === engineVersion) return installed;
  }
  mkdirSync(join(sources.cache, folder), { recursive: true });
  await sources.download(ours).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Pulumi CLI ${engineVersion}: no download (${reason})\n`);
    return sources.build(ours);
  });
  return ours;
}

function defaultSources(): CliSources {
  return {
    cache: cacheDirectory(),
    homes: pulumiHomes(),
    download: downloadCli,
    build: buildCli,
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).size > 0;
  } catch {
    return false;
  }
}

/** Asked rather than believed: a folder's name does not tell what was put into it. */
async function versionOf(cli: string): Promise<string | undefined> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const answer = await promisify(execFile)(cli, ["version"], { env }).catch(() => undefined);
  return answer?.stdout.trim().replace(/^v/, "");
}
