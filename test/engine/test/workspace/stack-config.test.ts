import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  readProjectName,
  refreshConfigCopy,
  writeInitProject,
} from "../../src/workspace/stack-config.ts";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "config-"))));
afterEach(() => rmSync(directory, { recursive: true }));

const path = (name: string) => join(directory, name);

it("refuses a directory that is no Pulumi project", () => {
  expect(() => readProjectName(directory)).toThrow(
    `no Pulumi project: "${path("Pulumi.yaml")}" is missing`,
  );
});

it("refuses a project without a name", () => {
  writeFileSync(path("Pulumi.yaml"), "runtime: nodejs\n");
  expect(() => readProjectName(directory)).toThrow("has no name");
});

it("creates a stack in a project of the same name", () => {
  writeInitProject(directory, "example");
  expect(readProjectName(directory)).toBe("example");
});

it("copies the configuration with the salt of the stack and leaves the file as it is", () => {
  writeFileSync(path("given"), "config:\n  a: 1\n");
  writeFileSync(path("init"), "config: {}\nencryptionsalt: v1:salt\n");
  refreshConfigCopy(path("given"), path("copy"), path("init"));
  expect(readFileSync(path("copy"), "utf8")).toBe("encryptionsalt: v1:salt\nconfig:\n  a: 1\n");
  expect(readFileSync(path("given"), "utf8")).toBe("config:\n  a: 1\n");
});

it("keeps a salt that the file has itself", () => {
  writeFileSync(path("given"), "encryptionsalt: v1:own\n");
  writeFileSync(path("init"), "encryptionsalt: v1:salt\n");
  refreshConfigCopy(path("given"), path("copy"), path("init"));
  expect(readFileSync(path("copy"), "utf8")).toBe("encryptionsalt: v1:own\n");
});
