import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheDirectory } from "../cache-directory.ts";
import { buildGoProgram } from "../go/build-go-program.ts";
import { standIns } from "../plugins/stand-ins.ts";

const { version } = standIns.azuread;
const source = import.meta.dirname;

/** Where the plugin comes from; the maker puts an executable at `target` in one step, or throws. */
export interface PluginSources {
  readonly cache: string;
  build(target: string): Promise<void>;
}

/**
 * The path of the azuread plugin that is built from the Go modules pinned beside this file, which is the real provider
 * behind Pulumi's bridge. Says on stderr whether it was built or was in the cache.
 *
 * @throws when it has to be built and cannot be, with what to install
 */
export async function provideAzureadPlugin(
  sources: PluginSources = { cache: cacheDirectory(), build },
): Promise<string> {
  // Of everything that it is built from: another version of it is another file.
  const hash = createHash("sha256");
  for (const name of ["go.mod", "go.sum", "main.go"]) hash.update(readFileSync(join(source, name)));
  const built = `azuread-${version}-${hash.digest("hex").slice(0, 12)}`;
  const folder = join(sources.cache, `${built}-${process.platform}-${process.arch}`);
  const plugin = join(folder, "pulumi-resource-azuread");
  if (existsSync(plugin)) {
    process.stderr.write(`azuread plugin ${version}: built before, ${plugin}\n`);
    return plugin;
  }
  mkdirSync(folder, { recursive: true });
  await sources.build(plugin);
  return plugin;
}

function build(target: string): Promise<void> {
  const program = {
    name: `azuread plugin ${version}`,
    folder: source,
    package: ".",
    flags: [`-ldflags=-s -w -X main.version=${version}`],
    needed:
      "to build the azuread plugin Go 1.26 or later is needed, and 6 GB of memory; install Go",
  };
  return buildGoProgram(program, target);
}
