import { runCommand } from "../run-command.ts";

/** What a command of a tool came to. */
export interface Outcome {
  readonly code: number | null;
  /** What it printed, on both streams. */
  readonly text: string;
}

/** A tool with the settings that all its commands have. */
export interface Tool {
  /** Runs a command to its end. `settings` are further environment variables. */
  run(args: readonly string[], settings?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** The same; throws with what it printed when it fails. */
  succeed(args: readonly string[], settings?: Readonly<Record<string, string>>): Promise<string>;
}

/** Makes a tool of a program. It works in the folder `cwd`. */
export function createTool(program: string, cwd: string, environment: NodeJS.ProcessEnv): Tool {
  const run: Tool["run"] = async (args, settings = {}) => {
    const env = { ...environment, ...settings };
    const { code, output } = await runCommand(program, args, { cwd, env, needed: "it was built" });
    return { code, text: output };
  };
  return {
    run,
    succeed: async (args, settings) => {
      const { code, text } = await run(args, settings);
      if (code === 0) return text;
      throw new Error(`${args.join(" ")} ended with ${code}: ${text.slice(-3000)}`);
    },
  };
}
