import type { Answer } from "./load-client.ts";

/** What became of requests. */
export interface Outcome {
  readonly seconds: number;
  /** How many failed. */
  readonly failed: number;
  /** What the first failure was. */
  readonly reason?: string;
}

/** Runs `count` requests, `concurrency` at once. Failures are told, not thrown, and end the process with 1. */
export async function atOnce(
  count: number,
  concurrency: number,
  ask: (index: number) => Promise<Answer>,
): Promise<Outcome> {
  const reasons: string[] = [];
  let next = 0;
  const start = performance.now();
  const lane = async () => {
    while (next < count) {
      try {
        const { status } = await ask(next++);
        if (status < 200 || status > 299) reasons.push(`status ${status}`);
      } catch (error) {
        reasons.push(String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  const seconds = Number(((performance.now() - start) / 1000).toFixed(2));
  const [reason] = reasons;
  if (reason === undefined) return { seconds, failed: 0 };
  process.exitCode = 1;
  return { seconds, failed: reasons.length, reason };
}
