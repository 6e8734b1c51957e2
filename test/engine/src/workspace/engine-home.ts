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
 * @param azuread path of a real azuread plugin, which then takes the stand-in's place
 * @returns the path of the CLI in that home
 */
export function prepareEngineHome(home: string, cli: string, azuread?: string): string {
  const bin = join(home, "versions", engineVersion, "bin");
  mkdirSync(bin, { recursive: true });
  const engine = join(bin, "pulumi");
  linkCli(realpathSync(cli), engine);
  const languageHost = join(sources, "language-host", "main.ts");
  writeScript(join(bin, "pulumi-language-nodejs"), process.execPath, languageHost);
  const dynamic = join(import.meta.dirname, "dynamic-provider.ts");
  writeScript(join(bin, "pulumi-resource-pulumi-nodejs"), process.execPath, dynamic);
  for (const { packageName, version, program } of Object.values(standIns)) {
    const folder = join(home, "plugins", `resource-${packageName}-v${version}`);
    mkdirSync(folder, { recursive: true });
    const script = join(folder, `pulumi-resource-${packageName}`);
    if (packageName === "azuread" && azuread !== undefined) writeScript(script, azuread);
    else writeScript(script, process.execPath, join(sources, "plugins", program));
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

function writeScript(path: string, ...command: readonly string[]): void {
  const partial = `${path}.${randomUUID()}.partial`;
  const quoted = command.map((word) => `"${word}"`).join(" ");
  writeFileSync(partial, `#!/bin/sh\nexec ${quoted} "$@"\n`);
  chmodSync(partial, 0o755);
  renameSync(partial, path);
}
