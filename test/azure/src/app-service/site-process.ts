import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { exitWithParent } from "../base/exit-with-parent.ts";
import type { Azure } from "../service/azure.ts";
import { freePort, untilListening } from "./process-port.ts";

export interface SiteProcessArgs {
  readonly azure: Azure;
  /** The site's name, for the log. */
  readonly name: string;
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Record<string, string>;
  /** Is given each line that it prints, which may hold anything but tokens. */
  readonly keep: (line: string) => void;
}

/** After SIGTERM a site has this long to end what it is doing, as on App Service. */
const drainMilliseconds = 5_000;

/** WEBSITES_CONTAINER_START_TIME_LIMIT (https://learn.microsoft.com/azure/app-service/reference-app-settings), its default. */
const startMilliseconds = 230_000;

/** The running process of a site. */
export class SiteProcess {
  /** Where it was told to listen, on loopback; it may not do so yet, or any more. */
  readonly port: number;
  /** Resolves when the process has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** Resolves with true when it listens, with false when it has ended or its time to start is over. */
  readonly started: Promise<boolean>;
  readonly #child: ChildProcess;

  private constructor(port: number, child: ChildProcess) {
    this.port = port;
    this.#child = child;
    this.exited = new Promise((resolve) => child.once("exit", () => resolve()));
    const over = new AbortController();
    for (const event of ["exit", "error"]) child.once(event, () => over.abort());
    const limit = AbortSignal.timeout(startMilliseconds);
    this.started = untilListening(port, AbortSignal.any([over.signal, limit]));
  }

  static async start(args: SiteProcessArgs): Promise<SiteProcess> {
    const { azure, name, folder, environment } = args;
    const [program = "", ...argv] = args.command;
    const port = await freePort();
    const child = spawn(program, argv, {
      cwd: folder,
      env: { ...environment, PORT: String(port), NODE_OPTIONS: `--import=${exitWithParent}` },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const log = (text: string): void => {
      const line = redact(text);
      azure.log("site-output", { site: name, line });
      args.keep(line);
    };
    for (const output of [child.stdout, child.stderr] as Readable[])
      createInterface({ input: output }).on("line", log);
    child.once("error", (error) => log(`cannot start: ${error.message}`));
    child.once("exit", (code, signal) => azure.log("site-exit", { site: name, code, signal }));
    return new SiteProcess(port, child);
  }

  /** SIGTERM, where that is passed on, and SIGKILL for a process that does not heed it. */
  async stop(passesSigterm: boolean): Promise<void> {
    const child = this.#child;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (passesSigterm) child.kill("SIGTERM");
    const overdue = setTimeout(() => child.kill("SIGKILL"), drainMilliseconds);
    await this.exited;
    clearTimeout(overdue);
  }
}

/** Whatever a site prints, no token gets into the log. */
function redact(line: string): string {
  return line.replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[token]");
}
