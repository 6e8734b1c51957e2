import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Names a deployer, and its role's files. */
export type DeployerRoleName = "home-deployer" | "resource-deployer";

/** A custom role in the format of `az role definition create`, and the condition under which it is assigned. */
export interface DeployerRole {
  readonly Name: string;
  readonly Actions: readonly string[];
  readonly NotActions: readonly string[];
  readonly DataActions: readonly string[];
  readonly NotDataActions: readonly string[];
  readonly condition?: string;
}

export type DeployerRoles = Readonly<Record<DeployerRoleName, DeployerRole>>;

/**
 * Reads from a folder what the deployers may do: a role from `home-deployer.json` and `resource-deployer.json` each, and
 * its condition from `home-deployer-condition.txt` and `resource-deployer-condition.txt` where that is there. Throws with
 * file and field when a role cannot be read.
 */
export async function readRoles(folder: string): Promise<DeployerRoles> {
  const [home, resource] = await Promise.all([
    readRole(folder, "home-deployer"),
    readRole(folder, "resource-deployer"),
  ]);
  return { "home-deployer": home, "resource-deployer": resource };
}

async function readRole(folder: string, name: DeployerRoleName): Promise<DeployerRole> {
  const file = join(folder, `${name}.json`);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(`no role of ${name}: "${file}" cannot be read`, { cause: error });
  });
  const role = parseRole(file, text);
  const condition = await readFile(join(folder, `${name}-condition.txt`), "utf8").catch(
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    },
  );
  return condition === undefined ? role : { ...role, condition };
}

function parseRole(file: string, text: string): DeployerRole {
  const role = parseJson(file, text);
  const { Name } = role;
  if (typeof Name !== "string" || Name === "") throw invalid(file, "Name", Name, "a name");
  const operations = (field: string) => listOfTexts(file, field, role[field]);
  // All four are needed: a misspelt one would take rights away, or leave some, without a word.
  return {
    Name,
    Actions: operations("Actions"),
    NotActions: operations("NotActions"),
    DataActions: operations("DataActions"),
    NotDataActions: operations("NotDataActions"),
  };
}

function parseJson(file: string, text: string): Partial<Record<string, unknown>> {
  let role: unknown;
  try {
    role = JSON.parse(text);
  } catch (error) {
    throw new Error(`"${file}" is no JSON: ${String(error)}`, { cause: error });
  }
  if (typeof role === "object" && role !== null && !Array.isArray(role)) return { ...role };
  throw new Error(`"${file}" is no role: it must hold an object`);
}

function listOfTexts(file: string, field: string, value: unknown): string[] {
  const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
  if (isList) return value;
  throw invalid(file, field, value, "a list of operations, such as []");
}

function invalid(file: string, field: string, value: unknown, allowed: string): Error {
  const given = value === undefined ? "missing" : JSON.stringify(value);
  return new Error(`${field} in "${file}" is ${given}; a deployer's role needs ${allowed}`);
}
