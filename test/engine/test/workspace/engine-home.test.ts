import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { engineVersion } from "../../src/engine-version.ts";
import { prepareEngineHome } from "../../src/workspace/engine-home.ts";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "home-"))));
afterEach(() => rmSync(directory, { recursive: true }));

function makeCli(text: string): string {
  const cli = join(directory, `cli-${text}`);
  writeFileSync(cli, text, { mode: 0o755 });
  return cli;
}

it("puts everything where the engine looks for it", () => {
  const home = join(directory, "home");
  const engine = prepareEngineHome(home, makeCli("a"));
  expect(engine).toBe(join(home, "versions", engineVersion, "bin", "pulumi"));
  for (const path of [
    `versions/${engineVersion}/bin/pulumi-language-nodejs`,
    `versions/${engineVersion}/bin/pulumi-resource-pulumi-nodejs`,
    "plugins/resource-azure-native-v3.28.0/pulumi-resource-azure-native",
    "plugins/resource-azuread-v6.9.1/pulumi-resource-azuread",
  ]) {
    expect(statSync(join(home, path)).mode & 0o111, path).toBe(0o111);
  }
});

it("takes another CLI over and can be repeated", () => {
  const home = join(directory, "home");
  prepareEngineHome(home, makeCli("a"));
  prepareEngineHome(home, makeCli("b"));
  expect(readFileSync(prepareEngineHome(home, makeCli("b")), "utf8")).toBe("b");
});

it("puts a real azuread plugin in the stand-in's place, and takes it away again", () => {
  const home = join(directory, "home");
  const started = () => execFileSync(join(home, plugin), ["127.0.0.1:1"], { encoding: "utf8" });
  const plugin = "plugins/resource-azuread-v6.9.1/pulumi-resource-azuread";
  const real = join(directory, "a real plugin");
  writeFileSync(real, '#!/bin/sh\necho "real $@"\n', { mode: 0o755 });
  prepareEngineHome(home, makeCli("a"), real);
  expect(started()).toBe("real 127.0.0.1:1\n");
  prepareEngineHome(home, makeCli("a"));
  expect(readFileSync(join(home, plugin), "utf8")).toContain("plugins/azuread/main.ts");
});
