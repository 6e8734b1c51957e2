import { setTimeout as sleep } from "node:timers/promises";

/** How many requests were made and how many of them failed. */
export interface Outcome {
  readonly requests: number;
  readonly failed: number;
}

const requests = 52;
const intervalMs = 50;
/** Whoever asked has gone by then. */
const patienceMs = 2000;

/** Asks the server at `port` at a steady pace, whether or not it answers; a late answer is a failed one. */
export async function requestAtIntervals(port: number): Promise<Outcome> {
  const answers: Promise<boolean>[] = [];
  for (let index = 0; index < requests; index += 1) {
    answers.push(isAnswered(port));
    await sleep(intervalMs);
  }
  const answered = (await Promise.all(answers)).filter(Boolean).length;
  return { requests, failed: requests - answered };
}

async function isAnswered(port: number): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
