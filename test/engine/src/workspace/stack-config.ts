import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** The `name` in a project's Pulumi.yaml. */
export function readProjectName(projectRoot: string): string {
  const file = join(projectRoot, "Pulumi.yaml");
  if (!existsSync(file)) throw new Error(`no Pulumi project: "${file}" is missing`);
  const { name } = parse(readFileSync(file, "utf8")) as { name?: unknown }; // Checked in the next line.
  if (typeof name === "string" && name !== "") return name;
  throw new Error(`"${file}" has no name: add "name: <project>"`);
}

/**
 * An empty project of the same name. `pulumi stack init` rewrites the stack's configuration file beside Pulumi.yaml and
 * cannot be told another place, so a stack is created here.
 */
export function writeInitProject(directory: string, name: string): void {
  writeFileSync(join(directory, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
}

/**
 * Copies a stack's configuration. The engine adds the salt of its secrets to the file it reads, so the copy gets the one
 * that `stack init` wrote and the given file stays as it is.
 */
export function refreshConfigCopy(configFile: string, copy: string, initFile: string): void {
  const config = readFileSync(configFile, "utf8");
  const initialised = existsSync(initFile) ? readFileSync(initFile, "utf8") : "";
  const salt = /^encryptionsalt:.*$/m.exec(initialised)?.[0];
  const complete = salt === undefined || /^encryptionsalt:/m.test(config);
  writeFileSync(copy, complete ? config : `${salt}\n${config}`);
}
