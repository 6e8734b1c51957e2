import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { provideAzureadPlugin } from "../../src/azuread-plugin/provide-azuread-plugin.ts";

let cache: string;
let stderr: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "azuread-"));
  stderr = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    stderr += text.toString();
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(cache, { recursive: true });
});

it("builds the plugin once, and says when it was there before", async () => {
  const made: string[] = [];
  const build = (target: string) => {
    writeFileSync(target, "");
    made.push(target);
    return Promise.resolve();
  };
  const first = await provideAzureadPlugin({ cache, build });
  expect(stderr).toBe("");
  expect(await provideAzureadPlugin({ cache, build })).toBe(first);
  expect(made).toEqual([first]);
  expect(stderr).toBe(`azuread plugin 6.9.1: built before, ${first}\n`);
});

it("says why there is none when it cannot be built", async () => {
  const sources = { cache, build: () => Promise.reject(new Error("install Go")) };
  await expect(provideAzureadPlugin(sources)).rejects.toThrow("install Go");
});

it("refuses without Go, with what to install", async () => {
  vi.stubEnv("PATH", cache);
  vi.stubEnv("XDG_CACHE_HOME", cache);
  await expect(provideAzureadPlugin()).rejects.toThrow(
    "to build the azuread plugin Go 1.26 or later is needed, and 6 GB of memory; install Go",
  );
  vi.unstubAllEnvs();
});
