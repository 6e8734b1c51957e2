import { startChild } from "../child.ts";
import type { Line } from "../row.ts";
import type { Side } from "../side.ts";
import { medianRatio } from "../statistics.ts";
import { startUpstream } from "../upstream/upstream.ts";
import { compare } from "./compare.ts";
import { startLoadGenerator } from "./load.ts";

export interface ThroughputComparison {
  readonly what: string;
  /** The server, one process for each side. */
  readonly subject: string;
  readonly path: string;
  readonly rounds: number;
  /** The least share of the throughput with a static token. */
  readonly goal: number;
}

/** Compares the throughput of one server with each side's credential to that with a static token. */
export async function throughputLine(comparison: ThroughputComparison): Promise<Line> {
  const { what, subject, path, rounds, goal } = comparison;
  await using upstream = await startUpstream();
  await using fixed = await startServer(subject, "static", upstream.env);
  await using plain = await startServer(subject, "plain", upstream.env);
  await using ours = await startServer(subject, "ours", upstream.env);
  await using generator = startLoadGenerator();
  const loads = await compare(generator, [fixed.port, plain.port, ours.port], path, rounds);
  if (loads.flat().some(({ failed }) => failed > 0)) {
    throw new Error(`${subject}: requests failed while everything was up`);
  }
  const [base = [], ...others] = loads.map((of) => of.map(({ perSecond }) => perSecond));
  const [plainRatio = 0, oursRatio = 0] = others.map((speeds) => medianRatio(speeds, base));
  return {
    what,
    plain: plainRatio.toFixed(2),
    ours: oursRatio.toFixed(2),
    goal: `>= ${goal}`,
    missed: !(oursRatio >= goal),
    numbers: { plain: plainRatio, ours: oursRatio, loads },
  };
}

async function startServer(subject: string, side: Side, env: Readonly<Record<string, string>>) {
  const server = startChild(subject, [side], env);
  const { port } = await server.next<{ port: number }>();
  return { ...server, port };
}
