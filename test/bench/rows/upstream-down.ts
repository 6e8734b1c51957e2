import { startChild } from "../child.ts";
import { compare } from "../load/compare.ts";
import { startLoadGenerator, type Load, type LoadGenerator } from "../load/load.ts";
import type { Line, Row } from "../row.ts";
import { medianRatio } from "../statistics.ts";
import { requestAtIntervals, type Outcome } from "../upstream/request-at-intervals.ts";
import { faults, type Fault } from "../upstream/fault.ts";
import { startUpstream, type Hop, type Upstream } from "../upstream/upstream.ts";

const goal = 1.1;
const rounds = 30;
/** Tokens of a day are past the 60 % of their life at which they are refreshed at the latest, and good for nine hours. */
const tokenAgeMs = 15 * 3_600_000;
const hops = ["login", "identity"] as const;
/** The first is the control: what its ratios are off 1 is noise. */
const conditions = [undefined, ...faults];

/** What fails, and how long requests take, while a service is down and the token is valid but due for refresh. */
export const upstreamDown: Row = {
  name: "upstream-down",
  async lines() {
    await using healthy = await startUpstream();
    await using generator = startLoadGenerator();
    // Waiting is all that most of them do: they do not need the machine to themselves.
    const login = await Promise.all(conditions.map((fault) => askPlain("login", fault)));
    const identity = await Promise.all(conditions.map((fault) => askPlain("identity", fault)));
    const lines: Line[] = [];
    for (const fault of conditions) {
      const plain = [login, identity].flatMap((outcomes) => outcomes[lines.length] ?? []);
      const ours: LoadOutcome[] = [];
      for (const hop of hops) ours.push(await loadOurs(generator, healthy, hop, fault));
      lines.push(lineOf(fault, plain, ours));
    }
    return lines;
  },
};

interface LoadOutcome extends Outcome {
  /** Of the 99th percentiles, to those of a server whose upstream is healthy. */
  readonly p99Ratio: number;
}

/** A server whose token is due for refresh from its first request on. */
async function startDueServer(side: "plain" | "ours", { env }: Upstream) {
  const server = startChild("subjects/token-server.ts", [side, String(tokenAgeMs)], env);
  const { port } = await server.next<{ port: number }>();
  return { ...server, port };
}

async function askPlain(hop: Hop, fault: Fault | undefined): Promise<Outcome> {
  await using upstream = await startUpstream();
  await using server = await startDueServer("plain", upstream);
  if (fault !== undefined) await upstream.breakDown(hop, fault);
  const outcome = await requestAtIntervals(server.port);
  await checkMet(upstream, fault);
  return outcome;
}

async function loadOurs(
  generator: LoadGenerator,
  healthy: Upstream,
  hop: Hop,
  fault: Fault | undefined,
): Promise<LoadOutcome> {
  await using upstream = await startUpstream();
  // As young as the other one: a process that ran for a while has faster code.
  await using base = await startDueServer("ours", healthy);
  await using server = await startDueServer("ours", upstream);
  if (fault !== undefined) await upstream.breakDown(hop, fault);
  const loads = await compare(generator, [base.port, server.port], "/", rounds);
  await checkMet(upstream, fault);
  const [up = [], down = []] = loads;
  return {
    requests: sum(down, "requests"),
    failed: sum(down, "failed"),
    p99Ratio: medianRatio(p99Of(down), p99Of(up)),
  };
}

// A connection that is refused is not seen by who refuses it.
async function checkMet(upstream: Upstream, fault: Fault | undefined): Promise<void> {
  if (fault === undefined || fault === "refused") return;
  const { down } = await upstream.calls();
  if (down === 0) throw new Error(`nobody met "${fault}": there is nothing to measure`);
}

function sum(loads: readonly Load[], key: "requests" | "failed"): number {
  return loads.reduce((total, load) => total + load[key], 0);
}

function p99Of(loads: readonly Load[]): number[] {
  return loads.map(({ p99 }) => p99);
}

function lineOf(
  fault: Fault | undefined,
  plain: readonly Outcome[],
  ours: readonly LoadOutcome[],
): Line {
  if (fault === undefined && [...plain, ...ours].some(({ failed }) => failed > 0)) {
    throw new Error("requests fail although nothing is down: there is nothing to compare with");
  }
  const ratios = ours.map(({ p99Ratio }) => p99Ratio);
  const reached = ours.every(({ failed, p99Ratio }) => failed === 0 && p99Ratio <= goal);
  return {
    what: `requests failed, login / identity endpoint down: ${fault ?? "neither (control)"}`,
    plain: failures(plain),
    ours: `${failures(ours)}; p99 x${ratios.map((ratio) => ratio.toFixed(2)).join(" / x")}`,
    goal: fault === undefined ? "the noise of p99" : `0; p99 <= x${goal}`,
    missed: fault !== undefined && !reached,
    numbers: { plain, ours },
  };
}

function failures(outcomes: readonly Outcome[]): string {
  return outcomes.map(({ failed, requests }) => `${failed} of ${requests}`).join(" / ");
}
