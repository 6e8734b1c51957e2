import { startChild } from "../child.ts";
import type { Line, Row } from "../row.ts";
import type { Side } from "../side.ts";
import type { FirstError } from "../subjects/first-error.ts";
import { startUpstream, type Hop } from "../upstream/upstream.ts";

const watchedSeconds = 20;
const goal = 1.1;
/** What a caller is promised to wait at most, in seconds: app/token/src/hop-caches.ts. */
const deadlines: Readonly<Record<Hop, number>> = { identity: 10, login: 15 };

/** How long a cold caller waits for an error when an endpoint accepts the request and never answers. */
export const hungEndpoint: Row = {
  name: "hung-endpoint",
  // Everybody only waits, so all of them can at the same time.
  lines: () => Promise.all((["identity", "login"] as const).map(measure)),
};

async function measure(hop: Hop): Promise<Line> {
  const deadline = deadlines[hop];
  const [plain, ours] = await Promise.all([firstError("plain", hop), firstError("ours", hop)]);
  const ratio = (ours.seconds ?? Number.POSITIVE_INFINITY) / deadline;
  return {
    what: `hung ${hop} endpoint, cold: time to a clear error, deadline ${deadline} s`,
    plain: shown(plain, deadline),
    ours: `${shown(ours, deadline)} ${ours.code ?? ""}`.trimEnd(),
    goal: `<= x${goal} ERR_UPSTREAM_DEADLINE`,
    missed: !(ratio <= goal && ours.code === "ERR_UPSTREAM_DEADLINE"),
    numbers: { plain, ours, deadline, watchedSeconds },
  };
}

async function firstError(side: Side, hop: Hop): Promise<FirstError> {
  await using upstream = await startUpstream();
  await upstream.breakDown(hop, "hang");
  const args = [side, String(watchedSeconds)];
  await using subject = startChild("subjects/first-error.ts", args, upstream.env);
  return await subject.next<FirstError>();
}

function shown({ seconds }: FirstError, deadline: number): string {
  return seconds === undefined
    ? `none in ${watchedSeconds} s`
    : `x${(seconds / deadline).toFixed(2)}`;
}
