import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  buildPackage,
  hashFiles,
  packFiles,
  type Package,
} from "../../../infra/package/build-package.ts";
import { copyProject } from "../support/copy-project.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const folders: string[] = [];

async function copyOfProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "package-"));
  folders.push(folder);
  await copyProject(folder, ["app", "package.json"]);
  return folder;
}

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

describe("buildPackage", () => {
  let here: Package;
  beforeAll(async () => {
    here = await buildPackage(process.cwd());
  });

  it("gives the same bytes in another folder and another time zone", async () => {
    vi.stubEnv("TZ", "Pacific/Kiritimati");
    const there = await buildPackage(await copyOfProject());
    expect(there.hash).toBe(here.hash);
    expect(Buffer.compare(there.zip, here.zip)).toBe(0);
  });

  it.each([
    ["the site", "app/main.ts", 'console.log("changed");\n'],
    [
      "the token module",
      "app/token/src/without-tokens.ts",
      'export const withoutTokens = () => "changed";\n',
    ],
  ])("gives another hash when a source of %s changes", async (_whose, file, changed) => {
    const folder = await copyOfProject();
    await writeFile(join(folder, file), changed);
    expect((await buildPackage(folder)).hash).not.toBe(here.hash);
  });

  it("holds the bundle, the manifest and their hash, and nothing else", () => {
    const { hash, zip } = here;
    const files = unzipSync(zip);
    expect(Object.keys(files).sort()).toEqual(["main.cjs", "package-hash.txt", "package.json"]);
    expect(new TextDecoder().decode(files["package-hash.txt"])).toBe(hash);
    expect(hashFiles(files)).toBe(hash);
  });
});

describe("packFiles", () => {
  it("hashes names and contents, in any order of files", () => {
    const { hash } = packFiles({ a: bytes("1"), b: bytes("2") });
    expect(packFiles({ b: bytes("2"), a: bytes("1") }).hash).toBe(hash);
    expect(packFiles({ a: bytes("2"), b: bytes("1") }).hash).not.toBe(hash);
    expect(packFiles({ a: bytes("1"), c: bytes("2") }).hash).not.toBe(hash);
  });
});
