import type { FaultService } from "local-azure/testing";
import type { FaultWindows } from "./fault-windows.ts";
import type { SiteLoad } from "./site-load.ts";

/** Where a soak must have met faults to prove anything. */
const hops: readonly FaultService[] = ["entra", "managed-identity"];

/** What one soak has seen. */
export interface Soak {
  readonly seconds: number;
  readonly load: SiteLoad;
  readonly windows: FaultWindows;
  /** Tokens fetched for the identity and for each target's tenant, and fetches that failed, during the soak. */
  readonly refreshes: readonly { of: string; obtained: number; failed: number }[];
  /** Resident memory of the site's process at start, middle and end. */
  readonly megabytes: readonly number[];
}

/** One table, as Markdown. */
export function table(soak: Soak): string {
  const { load, windows } = soak;
  const rows = [
    ["duration", `${Math.round(soak.seconds)} s`],
    ["requests", String(load.requests)],
    ["due but not sent, the machine being too busy", String(load.unsent)],
    ["failures (0 expected)", listed(load.failures) || "0"],
    ...soak.refreshes.map(({ of, obtained, failed }) => [
      `refreshes: ${of}`,
      `${obtained}, and ${failed} that failed`,
    ]),
    ["fault windows", String(windows.switched)],
    ["requests that met a fault", listed(windows.met) || "none"],
    ["p50 / p99 of a request", `${percentile(load, 50)} / ${percentile(load, 99)} ms`],
    [
      "resident memory of the site: start, middle, end",
      `${soak.megabytes.map((size) => size.toFixed(0)).join(", ")} MB`,
    ],
  ];
  const lines = rows.map(([name, value]) => `| ${name} | ${value} |`);
  return ["| | |", "|---|---|", ...lines, ""].join("\n");
}

/** Why a soak has failed, or proves nothing; empty when it has neither. */
export function complaints({ load, windows, refreshes }: Soak): string[] {
  const idle = refreshes.filter(({ obtained }) => obtained === 0).map(({ of }) => of);
  const met = [...windows.met].filter(([, count]) => count > 0).map(([name]) => name);
  const spared = hops.filter((hop) => !met.some((name) => name.endsWith(` at ${hop}`)));
  return [
    ...(load.failed > 0 ? [`${load.failed} requests failed while their token was valid`] : []),
    ...(idle.length > 0 ? [`no token was refreshed for ${idle.join(", ")}: run it longer`] : []),
    ...(spared.length > 0 ? [`no request met a fault at ${spared.join(", ")}: run it longer`] : []),
  ];
}

/** Milliseconds that this share of the requests did not exceed. */
export function percentile({ latencies }: SiteLoad, percent: number): string {
  const sorted = latencies.toSorted((a, b) => a - b);
  const value = sorted[Math.ceil((sorted.length * percent) / 100) - 1];
  return value === undefined ? "-" : value.toFixed(0);
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${count} x ${name}`).join(", ");
}
