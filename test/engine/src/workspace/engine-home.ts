import { randomUUID } from "node:crypto";
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { engineVersion } from "../engine-version.ts";
import { standIns } from "../plugins/stand-ins.ts";

const sources = join(import.meta.dirname, "..");

/**
 * Makes `home` a PULUMI_HOME: the CLI where the npm package `pulumi` looks for it, our language host and the SDK's host of
 * dynamic resources beside it, and the stand-in providers among the plugins. Nothing outside of `home` is written.
 *
 * @param cli path of the CLI
 * @returns the path of the CLI in that home
 */
export function prepareEngineHome(home: string, cli: string): string {
  const bin = join(home, "versions", engineVersion, "bin");
  mkdirSync(bin, { recursive: true });
  const engine = join(bin, "pulumi");
  linkCli(realpathSync(cli), engine);
  const languageHost = join(sources, "language-host", "main.ts");
  writeScript(join(bin, "pulumi-language-nodejs"), languageHost);
  const dynamic = join(import.meta.dirname, "dynamic-provider.ts");
  writeScript(join(bin, "pulumi-resource-pulumi-nodejs"), dynamic);
  for (const { packageName, version, program } of Object.values(standIns)) {
    const folder = join(home, "plugins", `resource-${packageName}-v${version}`);
    mkdirSync(folder, { recursive: true });
    const script = join(folder, `pulumi-resource-${packageName}`);
    writeScript(script, join(sources, "plugins", program));
  }
  return engine;
}

/**
 * A hard link, or a copy on another file system: the CLI looks for its language hosts beside the file it really is, and
 * would warn of every host that it finds through PATH.
 */
function linkCli(cli: string, link: string): void {
  const sameFile = existsSync(link) && lstatSync(link).ino === lstatSync(cli).ino;
  if (sameFile) return;
  const partial = `${link}.${randomUUID()}.partial`;
  try {
    linkSync(cli, partial);
  } catch {
    copyFileSync(cli, partial, constants.COPYFILE_FICLONE);
  }
  // Several processes may prepare the same home at once, so everything appears in one step.
  renameSync(partial, link);
  rmSync(partial, { force: true });
}

function writeScript(path: string, program: string): void {
  const partial = `${path}.${randomUUID()}.partial`;
  writeFileSync(partial, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(partial, 0o755);
  renameSync(partial, path);
}
