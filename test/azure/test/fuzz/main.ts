import { parseArgs } from "node:util";
import { fuzzedNames, fuzzService } from "./fuzz-services.ts";
import { startFuzzTarget } from "./fuzz-target.ts";
import { requireSane } from "./require-sane.ts";
import { type FuzzReport, runFuzz } from "./run-fuzz.ts";

/**
 * `node test/azure/test/fuzz/main.ts [--requests N] [--seed S] [--service NAME]`: starts a local Azure, sends N requests to each
 * service, or to one, and prints what became of them. Exits with 1 when a service failed on any.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: "string", default: "20000" },
      seed: { type: "string", default: String(Date.now() % 2 ** 31) },
      service: { type: "string", multiple: true, default: fuzzedNames },
    },
  });
  const [requests, seed] = [number("requests", values.requests), number("seed", values.seed)];
  print(`seed ${seed}, ${requests} requests to each service`);
  print(
    row(["service", "requests", "2xx", "3xx", "4xx", "500", "501", "503", "slowest", "failures"]),
  );
  const target = await startFuzzTarget();
  let failed = 0;
  try {
    for (const name of values.service) {
      const report = await runFuzz(await fuzzService(name, target), target, { requests, seed });
      failed += report.failures.length;
      print(figures(report));
      for (const { problem, seed: at, request, answer, logged } of report.failures)
        print([problem, `--seed ${at}`, request, answer, logged].join("\n    "));
      await requireSane(target);
    }
  } finally {
    const code = await target.close();
    if (code !== 0) print(`the local Azure ended with ${code}:\n${target.failures.join("\n")}`);
    if (code !== 0 || failed > 0) process.exitCode = 1;
  }
}

function figures({ service, requests, statuses, slowest, failures }: FuzzReport): string {
  const between = (from: number, to: number) =>
    [...statuses].reduce((sum, [at, count]) => (at >= from && at <= to ? sum + count : sum), 0);
  const counts = [
    [200, 299],
    [300, 399],
    [400, 499],
    [500, 500],
    [501, 501],
    [503, 503],
  ] as const;
  const shown = counts.map(([from, to]) => between(from, to));
  return row([service, requests, ...shown, `${Math.round(slowest)} ms`, failures.length]);
}

function row([first, ...cells]: readonly (string | number)[]): string {
  return `${String(first).padEnd(20)}${cells.map((cell) => String(cell).padStart(10)).join("")}`;
}

function number(name: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`--${name} is "${text}"; give a whole number`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`fuzz: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
