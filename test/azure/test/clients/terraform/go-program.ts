import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requireCommand } from "../run-command.ts";

/** A program that is built from its Go module. */
export interface GoProgram {
  /** Of the file. */
  readonly name: string;
  readonly package: string;
  readonly module: string;
  /** Of the module, or of what replaces it. */
  readonly version: string;
  /** What its own release build links in. */
  readonly linked?: string;
  /** Where the module is taken from, when not from its own path. */
  readonly source?: string;
  /** Replacements that its own go.mod has: Go follows those of the main module alone. */
  readonly replacements?: readonly string[];
  /** How long it takes on two cores, for whoever waits. */
  readonly minutes: string;
}

/** Builds a program into a folder of the cache, unless it is there, and returns that folder. */
export async function buildGoProgram(cache: string, program: GoProgram): Promise<string> {
  const { name, version, linked = "", minutes } = program;
  const folder = join(cache, "terraform", version);
  const target = join(folder, name);
  const built = await access(target).then(
    () => true,
    () => false,
  );
  if (built) return folder;
  process.stderr.write(`${name}: building it from its Go module, once, ${minutes} minutes\n`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "go.mod"), mainModule(program));
  // Go checks each module by its checksum database, and writes what it found beside go.mod.
  const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-mod=mod" };
  const build = ["build", "-trimpath", `-ldflags=-s -w ${linked}`, "-o", target, program.package];
  const needed = `${name} needs Go 1.26 or later, its module proxy and some gigabytes of disk`;
  await requireCommand("go", build, { cwd: folder, env, needed });
  return folder;
}

function mainModule({ module, version, source, replacements = [] }: GoProgram): string {
  const replaced = source === undefined ? [] : [`${module} => ${source} ${version}`];
  return [
    "module build",
    "go 1.26",
    // A module that is replaced has any version.
    `require ${module} ${source === undefined ? version : "v0.0.0"}`,
    ...[...replaced, ...replacements].map((each) => `replace ${each}`),
    "",
  ].join("\n");
}
