import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const repository = join(import.meta.dirname, "../..");
const run = promisify(execFile);

/** Another team's project that has a workspace's package installed. */
export interface Consumer extends AsyncDisposable {
  readonly folder: string;
  /** Where the package lies. */
  readonly installed: string;
  readonly manifest: { readonly [field: string]: unknown };
  /** Links of its README to files that the package has not. */
  readonly deadLinks: readonly string[];
  /** Also gives it `packages`, in the versions of this repository. */
  install(...packages: string[]): Promise<void>;
  /** What the compiler says of `sources` as modules of this project; it checks the types of all packages as well. */
  compile(sources: Readonly<Record<string, string>>): Promise<string[]>;
}

/**
 * Packs `workspace`, a folder of this repository, and unpacks the package into a project of its own. What the package
 * depends on is linked from this repository, and nothing that it does not declare: no test may reach a registry. npm packs a
 * copy, because it changes the manifest meanwhile.
 */
export async function installPacked(workspace: string): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), "consumer-"));
  const copy = join(folder, "copy");
  const inside = join(copy, workspace);
  for (const part of ["test/packing", "tsconfig.json", workspace]) {
    await cp(join(repository, part), join(copy, part), { recursive: true });
  }
  await symlink(join(repository, "node_modules"), join(copy, "node_modules"));
  await run("npm", ["pack", "--offline", "--pack-destination", folder], { cwd: inside });
  const [tarball = ""] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));

  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  const name = String((await readManifest(inside))["name"]);
  const installed = join(folder, "node_modules", name);
  await mkdir(installed, { recursive: true });
  await run("tar", ["-xzf", join(folder, tarball), "-C", installed, "--strip-components=1"]);
  const manifest = await readManifest(installed);
  const deadLinks = await findDeadLinks(join(installed, "README.md"));
  const install = async (...packages: string[]): Promise<void> => {
    for (const dependency of packages) {
      const found = findPackageJSON(dependency, pathToFileURL(join(repository, workspace, "/")));
      if (found === undefined) throw new Error(`this repository has no ${dependency}`);
      const link = join(folder, "node_modules", dependency);
      await mkdir(dirname(link), { recursive: true });
      await symlink(dirname(found), link);
    }
  };
  await install(...Object.keys(Object(manifest["dependencies"])));
  const dispose = () => rm(folder, { recursive: true });
  const compile = (sources: Readonly<Record<string, string>>) => compileIn(folder, sources);
  return {
    folder,
    installed,
    manifest,
    deadLinks,
    install,
    compile,
    [Symbol.asyncDispose]: dispose,
  };
}

async function readManifest(folder: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}

async function findDeadLinks(readme: string): Promise<string[]> {
  const links = (await readFile(readme, "utf8")).matchAll(/\]\((?!https:|#)([^)#]+)/g);
  const paths = [...links].map(([, link = ""]) => link);
  return paths.filter((link) => !existsSync(join(dirname(readme), link)));
}

async function compileIn(
  folder: string,
  sources: Readonly<Record<string, string>>,
): Promise<string[]> {
  const files = Object.keys(sources);
  for (const name of files) await writeFile(join(folder, name), sources[name] ?? "");
  const options = "--noEmit --strict --module nodenext --target es2024 --types node".split(" ");
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  const ended = run(process.execPath, [tsc, ...options, ...files], { cwd: folder });
  const { stdout } = await ended.catch((error: { readonly stdout: string }) => error);
  return stdout.split("\n").filter((line) => line.includes("): error "));
}
