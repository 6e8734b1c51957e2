import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { playHost } from "./play-host.ts";
import { requireCommand, runCommand } from "./run-command.ts";
import type { Suite, SuiteRow } from "./suite.ts";

const cwd = join(import.meta.dirname, "rust");
const needed =
  "the clients for Rust need Rust 1.88 or later with cargo, its registry and a C compiler";

/** Builds the clients for Rust and their cases, at the versions of Cargo.toml, into the cache. */
export async function installRustSuite(cache: string): Promise<Suite> {
  const target = { CARGO_TARGET_DIR: join(cache, "rust") };
  const env = { ...process.env, ...target };
  await requireCommand("cargo", ["test", "--no-run"], { cwd, env, needed });
  const versions = await readVersions();
  const run: Suite["run"] = async (environment) => {
    const { code, output } = await runCommand("cargo", ["test", "--offline"], {
      cwd,
      env: { ...playHost(environment, "site"), ...target },
      needed,
    });
    return { rows: readRows(output, versions), passed: code === 0, output };
  };
  return { language: "Rust", run };
}

/** Versions by crate, of those whose version Cargo.toml fixes. */
async function readVersions(): Promise<Map<string, string>> {
  const manifest = await readFile(join(cwd, "Cargo.toml"), "utf8");
  const pins = manifest.matchAll(/^(\w+) = (?:\{ version = )?"=([^"]+)"/gm);
  return new Map([...pins].map(([, name = "", version = ""]) => [name, version]));
}

/** A module tests the crate that it is named after: `test azure_identity::signs_in_by_oidc ... ok`. */
function readRows(output: string, versions: Map<string, string>): SuiteRow[] {
  const lines = output.matchAll(/^test (\w+)::(\w+) \.\.\. (\w+)$/gm);
  return [...lines].map(([, client = "", name = "", outcome]) => {
    const version = versions.get(client) ?? "";
    return { client, version, name: name.replaceAll("_", " "), passed: outcome === "ok" };
  });
}
