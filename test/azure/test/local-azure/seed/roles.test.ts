import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRoles } from "../../../src/local-azure/seed/roles.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "roles-"));
  for (const name of ["home-deployer", "resource-deployer"]) await write(name, role(name));
});
afterEach(() => rm(folder, { recursive: true }));

describe("readRoles", () => {
  it("reads a role for each deployer, and its condition where it has one", async () => {
    await writeFile(join(folder, "resource-deployer-condition.txt"), "a condition");
    expect(await readRoles(folder)).toEqual({
      "home-deployer": role("home-deployer"),
      "resource-deployer": { ...role("resource-deployer"), condition: "a condition" },
    });
  });

  it("refuses a folder without the roles, by the file that is not there", async () => {
    const none = join(folder, "none");
    await expect(readRoles(none)).rejects.toThrow(
      new Error(`no role of home-deployer: "${join(none, "home-deployer.json")}" cannot be read`),
    );
  });

  it("refuses a file that is no JSON or no role, by its name", async () => {
    const file = join(folder, "resource-deployer.json");
    await writeFile(file, "{");
    await expect(readRoles(folder)).rejects.toThrow(`"${file}" is no JSON: SyntaxError`);
    await write("resource-deployer", []);
    await expect(readRoles(folder)).rejects.toThrow(`"${file}" is no role: it must hold an object`);
  });

  it.each([
    ["Name", "", "a name"],
    ["Actions", "*", "a list of operations, such as []"],
    ["NotDataActions", [1], "a list of operations, such as []"],
  ])("refuses a role whose %s is %j or missing", async (field, value, needed) => {
    const file = join(folder, "home-deployer.json");
    await write("home-deployer", { ...role("home-deployer"), [field]: value });
    await expect(readRoles(folder)).rejects.toThrow(
      new Error(
        `${field} in "${file}" is ${JSON.stringify(value)}; a deployer's role needs ${needed}`,
      ),
    );
    await write("home-deployer", { ...role("home-deployer"), [field]: undefined });
    await expect(readRoles(folder)).rejects.toThrow(
      new Error(`${field} in "${file}" is missing; a deployer's role needs ${needed}`),
    );
  });
});

function role(name: string) {
  return { Name: name, Actions: ["a/read"], NotActions: [], DataActions: [], NotDataActions: [] };
}

function write(name: string, content: object): Promise<void> {
  return writeFile(join(folder, `${name}.json`), JSON.stringify(content));
}
