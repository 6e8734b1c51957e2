import { describe, expect, it } from "vitest";
import { readOptions } from "../../src/local-azure/read-options.ts";

describe("readOptions", () => {
  it("has a default for everything but files and folders", () => {
    expect(readOptions([])).toEqual({
      host: false,
      owners: false,
      azure: { consistencyDelaySeconds: 0, blobAddresses: "path", vaultAddresses: "listener" },
    });
  });

  it("answers --help with the options and where they are explained", () => {
    const { help } = readOptions(["--help"]);
    expect(help).toContain("[--consistency-delay SECONDS]");
    expect(help).toContain("README.md");
  });

  it("answers --beliefs with what rests on nothing else, the program's own path first", () => {
    const { help = "" } = readOptions(["--beliefs"]);
    const lines = help.split("\n");
    expect(lines[0]).toMatch(/^app-service\/[\w-]+\.ts: /);
    expect(lines.at(-1)).toMatch(/^resource-manager\/resources\/tags.ts: /);
    for (const line of lines) expect(line).toMatch(/unverified|belief/);
  });

  it("lets clients wait as on Azure where it is told to", () => {
    expect(readOptions(["--azure-waits"]).azure).toMatchObject({ azureWaits: true });
  });

  it.each([
    [["--seeds", "x"], "Unknown option '--seeds'"],
    [["other.yaml"], "Unexpected argument 'other.yaml'"],
    [["-1"], "Unknown option '-1'"],
    [["--host=yes"], "Option '--host' does not take an argument"],
    [["--state"], "Option '--state <value>' argument missing"],
    [["--state", "--host"], "Option '--state' argument is ambiguous"],
  ])("refuses %j with the options that there are, without Node's advice", (args, problem) => {
    const { help } = readOptions(["--help"]);
    expect(() => readOptions(args)).toThrow(new Error(`${problem}; usage: ${help}`));
  });

  it.each([
    ["--consistency-delay", "give whole seconds, such as 5"],
    ["--blob-addresses", "give path or host"],
    ["--vault-addresses", "give listener or host"],
  ])("refuses a negative number for %s with what it takes", (option, advice) => {
    const refusal = new Error(`${option} is "-1"; ${advice}`);
    expect(() => readOptions([option, "-1"])).toThrow(refusal);
  });
});
