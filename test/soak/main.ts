import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { step } from "../start/progress.ts";
import { deployStack, type DeployedStack } from "./deploy-stack.ts";
import { FaultWindows } from "./fault-windows.ts";
import { complaints, percentile, table, type Soak } from "./report.ts";
import { SiteLoad } from "./site-load.ts";
import { residentMegabytes, siteProcessId } from "./site-memory.ts";
import { readTokenCounters } from "./token-counters.ts";

/**
 * Why no request may fail. A token of 45 s is due for refresh after 22.5 to 27 s and used until 5 s before its end, so a
 * refresh has 13 s at least. A fault is on for 5.5 s and then off for 7 s. What fails at once is tried three times within
 * 1.3 s, and so again after pauses of at most 1, 2 and 4 s, each at least half of that: the third such flight that fails
 * ends after 3.4 s at the earliest, so the fourth begins when the fault is gone, at most 9.5 s after the refresh was due
 * and before the next fault. What hangs is given up after 5 s or ends with the fault, and is tried again within 1.3 s.
 * So every token is replaced in time, whenever it was due, and a request that fails is the site's fault.
 *
 * What is not as on Azure: tokens of 45 s instead of 60 to 90 minutes and 24 hours.
 */
const tokenLifetimes = { managedIdentitySeconds: 45, applicationSeconds: 45 };

const progressMilliseconds = 5_000;

/** `npm run soak [-- --minutes 10] [--rate 20]`: the deployed site at a steady load while its token services fail. */
async function main(): Promise<boolean> {
  const { minutes, rate } = readArguments();
  const stopped = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, () => stopped.abort());
  const stack = await deployStack(tokenLifetimes, stopped.signal);
  let complained = true;
  try {
    const soak = await run(stack, minutes, rate, stopped.signal);
    const found = complaints(soak);
    complained = found.length > 0;
    process.stdout.write(table(soak));
    for (const complaint of found) process.stderr.write(`soak: ${complaint}\n`);
    if (complained) process.stderr.write(`soak: the site's log is in ${stack.logFile}\n`);
  } finally {
    await stack.close(complained);
  }
  return !complained;
}

async function run(
  { siteUrl, targets, faults }: DeployedStack,
  minutes: number,
  rate: number,
  stopped: AbortSignal,
): Promise<Soak> {
  const load = new SiteLoad({ siteUrl, targets, rate });
  await step("a blob in each target", () => load.prepare());
  const site = await siteProcessId(siteUrl);
  const before = await readTokenCounters(siteUrl);
  const megabytes = [await residentMegabytes(site)];
  const windows = new FaultWindows(faults);
  const begun = performance.now();
  const over = AbortSignal.any([stopped, AbortSignal.timeout(minutes * 60_000)]);
  await Promise.all([
    load.run(over),
    windows.run(over),
    showProgress(load, windows, over),
    delay(minutes * 30_000, undefined, { signal: over })
      .then(async () => megabytes.push(await residentMegabytes(site)))
      .catch(() => undefined),
  ]);
  const seconds = (performance.now() - begun) / 1000;
  megabytes.push(await residentMegabytes(site));
  const refreshes = [...(await readTokenCounters(siteUrl))].map(([of, after]) => ({
    of,
    obtained: after.obtained - (before.get(of)?.obtained ?? 0),
    failed: after.failed - (before.get(of)?.failed ?? 0),
  }));
  return { seconds, load, windows, refreshes, megabytes };
}

async function showProgress(
  load: SiteLoad,
  windows: FaultWindows,
  over: AbortSignal,
): Promise<void> {
  for (let seconds = 0; !over.aborted; seconds += progressMilliseconds / 1000) {
    const p99 = percentile(load, 99);
    process.stderr.write(
      `${seconds} s: ${load.requests} requests, ${load.failed} failed, p99 ${p99} ms, fault: ${windows.current}\n`,
    );
    await delay(progressMilliseconds, undefined, { signal: over }).catch(() => undefined);
  }
}

function readArguments(): { minutes: number; rate: number } {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "10" },
      rate: { type: "string", default: "20" },
    },
  });
  const positive = (name: keyof typeof values): number => {
    const value = Number(values[name]);
    if (value > 0 && value <= 1000) return value;
    throw new Error(`--${name} is "${values[name]}"; it must be a number above 0, at most 1000`);
  };
  return { minutes: positive("minutes"), rate: positive("rate") };
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`soak: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
