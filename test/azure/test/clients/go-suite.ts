import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { requireCommand, runCommand } from "./run-command.ts";
import type { Suite, SuiteRow } from "./suite.ts";

const cwd = join(import.meta.dirname, "go");
const needed = "the clients for Go need Go 1.26 or later and its module proxy";

/**
 * Builds the clients for Go and their cases, at the versions of go.mod, into one program in the cache. Go keeps the modules and
 * what it compiled in caches of its own.
 */
export async function installGoSuite(cache: string): Promise<Suite> {
  const program = join(cache, "go-clients.test");
  const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
  const build = ["test", "-c", "-vet=off", "-o", program, "."];
  await requireCommand("go", build, { cwd, env, needed });
  const modules = await readModules();
  const run: Suite["run"] = async (environment) => {
    const { code, output } = await runCommand(program, ["-test.v"], {
      cwd,
      env: environment,
      needed,
    });
    return { rows: readRows(output, modules), passed: code === 0, output };
  };
  return { language: "Go", run };
}

interface Module {
  readonly name: string;
  readonly version: string;
}

/** The modules that go.mod names, by the last part of their path in the spelling of a test's name. */
async function readModules(): Promise<Map<string, Module>> {
  const text = await readFile(join(cwd, "go.mod"), "utf8");
  const required = text.matchAll(/([\w-]+)(?:\/v\d+)? v(\S+)$/gm);
  return new Map(
    [...required].map(([, name = "", version = ""]) => [
      name.replaceAll("-", ""),
      { name, version },
    ]),
  );
}

/** A test is named after its module, the cases are its subtests: `--- PASS: TestAzblob/writes_a_blob (0.01s)`. */
function readRows(output: string, modules: Map<string, Module>): SuiteRow[] {
  const lines = output.matchAll(/^ +--- ([A-Z]+): Test(\w+)\/(\S+) /gm);
  return [...lines].map(([, outcome, test = "", name = ""]) => {
    const module = modules.get(test.toLowerCase());
    return {
      client: module?.name ?? test,
      version: module?.version ?? "",
      name: name.replaceAll("_", " "),
      passed: outcome === "PASS",
    };
  });
}
