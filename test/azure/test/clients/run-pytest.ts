import { type CommandOptions, runCommand } from "./run-command.ts";

/** One case of a file of tests. */
export interface PytestCase {
  /** `azure_identity` of test_azure_identity.py. */
  readonly file: string;
  /** `gets a token: id` of test_gets_a_token[id]. */
  readonly name: string;
  readonly passed: boolean;
}

/** What pytest made of a folder of tests. */
export interface PytestResult {
  readonly cases: readonly PytestCase[];
  /** Whether it was content, which it is not when it could not load a case either. */
  readonly passed: boolean;
  readonly output: string;
}

/** Runs every test of the folder `cwd` with an interpreter that has pytest. */
export async function runPytest(python: string, options: CommandOptions): Promise<PytestResult> {
  const args = ["-m", "pytest", "-v", "--tb=short", "--color=no", "-p", "no:cacheprovider"];
  // Compiled modules do not belong into the tree.
  const env = { ...options.env, PYTHONDONTWRITEBYTECODE: "1" };
  const { code, output } = await runCommand(python, args, { ...options, env });
  return { cases: readCases(output), passed: code === 0, output };
}

/** `test_azure_identity.py::test_gets_a_token[id] PASSED` */
function readCases(output: string): PytestCase[] {
  const lines = output.matchAll(/^test_(\w+)\.py::test_(\w+)(?:\[(.+)\])? ([A-Z]+)/gm);
  return [...lines].map(([, file = "", test = "", id, outcome]) => {
    const name = [test.replaceAll("_", " "), id].filter((part) => part !== undefined).join(": ");
    return { file, name, passed: outcome === "PASSED" };
  });
}
