import { cp, mkdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";

const project = resolve(import.meta.dirname, "../../..");

/** Copies `parts` of the project, its site among them, into `folder`, where they find the project's dependencies. */
export async function copyProject(folder: string, parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    await cp(join(project, part), join(folder, part), { recursive: true });
  }
  await symlink(join(project, "node_modules"), join(folder, "node_modules"));
  // Nearer to the site than that of the folder of links, which leads to this project's own token module.
  await mkdir(join(folder, "app/node_modules"));
  await symlink("../token", join(folder, "app/node_modules/cross-tenant-tokens"));
}
