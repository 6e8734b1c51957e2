import * as fc from "fast-check";
import type { Send } from "./fuzz-client.ts";
import { showRequest } from "./fuzz-request.ts";
import { FuzzRun } from "./fuzz-run.ts";
import type { FuzzService } from "./fuzz-service.ts";

/** A mistake of a service, with the smallest request found that shows it. */
export interface FuzzFailure {
  readonly problem: string;
  readonly request: string;
  readonly answer: string;
  /** The last failure of its own that a service has logged. */
  readonly logged: string;
  readonly seed: number;
}

export interface FuzzReport extends Pick<FuzzRun, "requests" | "statuses" | "slowest"> {
  readonly service: string;
  readonly failures: readonly FuzzFailure[];
}

const MOST_FAILURES = 20;

/** Sends `requests` requests that the seed chooses, and more to shrink those that fail. Each mistake is reported once. */
export async function runFuzz(
  service: FuzzService,
  { send, failures: logged }: { send: Send; failures: readonly string[] },
  { requests, seed }: { requests: number; seed: number },
): Promise<FuzzReport> {
  const run = new FuzzRun(service, send);
  const failures: FuzzFailure[] = [];
  const property = fc.asyncProperty(service.requests, async (request) => {
    const mistake = await run.mistakeOf(request);
    if (mistake === undefined || failures.some(({ problem }) => problem === mistake)) return;
    throw new Error(mistake);
  });
  for (let at = seed, left = requests; left > 0 && failures.length < MOST_FAILURES; at++) {
    const result = await fc.check(property, { seed: at, numRuns: left });
    left -= result.numRuns;
    if (!result.failed) continue;
    const { errorInstance, counterexample } = result;
    failures.push({
      problem: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
      request: counterexample === null ? "" : showRequest(counterexample[0]),
      answer: run.wrongAnswer,
      logged: logged.at(-1) ?? "",
      seed: at,
    });
  }
  const { requests: sent, statuses, slowest } = run;
  return { service: service.name, requests: sent, statuses, slowest, failures };
}
