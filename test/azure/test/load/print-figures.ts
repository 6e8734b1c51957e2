import { loadavg } from "node:os";

/** Prints figures as one JSON line, with what else the machine was doing: the load average of the last minute. */
export function printFigures(figures: Record<string, unknown>): void {
  const load = Number((loadavg()[0] ?? 0).toFixed(1));
  process.stdout.write(`${JSON.stringify({ ...figures, load })}\n`);
}
