import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requireCommand } from "../run-command.ts";

/** A command-line tool that is a Go module's. */
export interface GoTool {
  readonly name: string;
  readonly module: string;
  readonly version: string;
  /** The package of its `main`. */
  readonly main: string;
}

const needed = "the command-line tools need Go 1.26.6 or later and its module proxy";

/** Builds a tool into a folder, once, from the versions that its own go.mod names. Returns the program's path. */
export async function buildGoTool(
  folder: string,
  { name, module, version, main }: GoTool,
): Promise<string> {
  const program = join(folder, `${name}-${version}`);
  const built = await access(program).then(
    () => true,
    () => false,
  );
  if (built) return program;
  process.stderr.write(`${name} ${version}: building it from its Go module, once\n`);
  const cwd = join(folder, `${name}-${version}.build`);
  await mkdir(cwd, { recursive: true });
  // `go install` would ask for a list of the module's versions, which not every proxy has.
  await writeFile(join(cwd, "go.mod"), `module build\n\ngo 1.26\n\nrequire ${module} ${version}\n`);
  const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
  const build = ["build", "-mod=mod", "-ldflags=-s -w", "-o", program, main];
  await requireCommand("go", build, { cwd, env, needed });
  return program;
}
