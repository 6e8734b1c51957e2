import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { installedPlugin } from "../../src/workspace/installed-plugin.ts";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "plugins-"))));
afterEach(() => rmSync(directory, { recursive: true }));

const azuread = { packageName: "azuread", version: "6.9.1" };

function install(home: string, version: string, mode = 0o755): string {
  const folder = `resource-azuread-v${version}`;
  const path = join(directory, home, "plugins", folder, "pulumi-resource-azuread");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "#!/bin/sh\n", { mode });
  return path;
}

const find = (platform: NodeJS.Platform = "linux") =>
  installedPlugin(azuread, [join(directory, "first"), join(directory, "second")], platform);

it("finds the plugin of exactly that version in the first home that has it", () => {
  install("first", "6.9.0");
  const second = install("second", "6.9.1");
  expect(find()).toBe(second);
  expect(find()).not.toBe(install("first", "6.9.1"));
  expect(find()).toBe(
    join(directory, "first/plugins/resource-azuread-v6.9.1/pulumi-resource-azuread"),
  );
});

it("finds none where there is none that can be run", () => {
  expect(find()).toBeUndefined();
  install("first", "6.9.1", 0o644);
  expect(find()).toBeUndefined();
});

it("finds none on macOS, where it would not trust the local Azure", () => {
  install("first", "6.9.1");
  expect(find("darwin")).toBeUndefined();
});
