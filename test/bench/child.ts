import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A process of this folder that tells what it has to tell in messages. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  send(message: object): void;
  /** Its next message; rejects when it ends without one. */
  next<T>(): Promise<T>;
}

/**
 * Starts `file` of this folder with nothing but `env` in its environment: a proxy or an Azure
 * setting of the user's would divert the measurement.
 */
export function startChild(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  execArgv: readonly string[] = [],
): Child {
  const child = fork(join(import.meta.dirname, file), [...args], {
    env: { ...env },
    execArgv: [...execArgv],
  });
  const messages: unknown[] = [];
  child.on("message", (message) => messages.push(message));
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`${file} ${args.join(" ")} ended with code ${code} instead of an answer`);
  });
  // Ending is an error only for who waits for a message.
  ended.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    send: (message) => void child.send(message),
    async next<T>() {
      while (messages.length === 0) await Promise.race([once(child, "message"), ended]);
      // Both ends are files of this folder, and the caller names the type that its other end sends.
      return messages.shift() as T;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended.catch(() => undefined);
    },
  };
}
