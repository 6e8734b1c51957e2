import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { listRequiredPackages } from "../../src/language-host/list-required-packages.ts";

let project: string;
beforeEach(() => (project = mkdtempSync(join(tmpdir(), "project-"))));
afterEach(() => rmSync(project, { recursive: true }));

function install(name: string, manifest: object): void {
  const folder = join(project, "node_modules", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, ...manifest }));
}

function require(...names: string[]) {
  const dependencies = Object.fromEntries(names.map((name) => [name, "*"]));
  writeFileSync(join(project, "package.json"), JSON.stringify({ dependencies }));
  return listRequiredPackages(project).map((found) => [
    found.getName(),
    found.getKind(),
    found.getVersion(),
  ]);
}

it("asks for the plugins of the Pulumi packages a program depends on, in the installed version", () => {
  install("@pulumi/azure-native", {
    version: "3.28.0",
    pulumi: { resource: true, name: "azure-native", version: "3.28.0" },
  });
  install("@pulumi/azuread", { version: "6.9.1", pulumi: { resource: true } });
  expect(require("@pulumi/azure-native", "@pulumi/azuread")).toEqual([
    ["azure-native", "resource", "v3.28.0"],
    ["azuread", "resource", "v6.9.1"],
  ]);
});

it("asks for nothing on behalf of the SDK, other packages and missing ones", () => {
  install("@pulumi/pulumi", { version: "3.259.0", pulumi: { comment: "no plugin" } });
  install("hono", { version: "4.0.0" });
  expect(require("@pulumi/pulumi", "hono", "missing")).toEqual([]);
});

it("asks for nothing in a project without package.json", () => {
  expect(listRequiredPackages(project)).toEqual([]);
});
