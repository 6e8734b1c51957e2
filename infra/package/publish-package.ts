import { setTimeout as sleep } from "node:timers/promises";
import { refusal, type Scm } from "./scm.ts";

const DEADLINE_MILLISECONDS = 600_000;

// https://github.com/projectkudu/kudu/blob/master/Kudu.Contracts/Deployment/DeployStatus.cs: 3 is failed, 5 and 6 are
// kinds of failure too.
const SUCCESS = 4;
const LAST_RUNNING = 2;

/** Time, so that tests need not wait. */
export interface Waiting {
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

const realTime: Waiting = { now: () => Date.now(), sleep };

/**
 * Publishes a zip to a site and follows that deployment, never just the latest, to its end. SCM restarts shortly
 * after a settings change: it answers 503 or not at all, and a deployment in flight is lost, so then the zip is
 * sent again. It is also sent again when SCM is busy with another deployment.
 *
 * @throws when SCM refuses, the deployment fails, or ten minutes have passed.
 */
export async function publishPackage(
  scm: Pick<Scm, "request">,
  zip: Uint8Array,
  time: Waiting = realTime,
): Promise<void> {
  const deadline = time.now() + DEADLINE_MILLISECONDS;
  let last = "nothing was answered";
  while (time.now() < deadline) {
    const id = await attempt(() => send(scm, zip));
    if (typeof id === "string") {
      const outcome = await follow(scm, id, deadline, time);
      if (outcome === "done") return;
      last = `deployment ${id} was ${outcome}`;
    } else {
      last = id.reason;
    }
    await time.sleep(2000);
  }
  throw new Error(`the package was not published within 10 minutes; last: ${last}`);
}

interface Unavailable {
  readonly reason: string;
}

interface Deployment {
  readonly status: number;
  readonly status_text?: string;
  readonly message?: string;
}

async function send(scm: Pick<Scm, "request">, zip: Uint8Array): Promise<string | Unavailable> {
  const path = "/api/publish?type=zip&async=true";
  const response = await scm.request(path, { method: "POST", body: zip });
  // 409 is "There is a deployment currently in progress. Please try again when it completes."
  if (isRestarting(response) || response.status === 409) {
    return { reason: `SCM answered ${response.status}` };
  }
  if (!response.ok) throw await refusal(response, "publish the package");
  const id = response.headers.get("scm-deployment-id");
  if (id === null)
    throw new Error("SCM accepted the package without naming its deployment (SCM-DEPLOYMENT-ID)");
  await response.body?.cancel();
  return id;
}

async function follow(
  scm: Pick<Scm, "request">,
  id: string,
  deadline: number,
  time: Waiting,
): Promise<"done" | "lost in a restart" | "still running"> {
  while (time.now() < deadline) {
    const answer = await attempt(() => look(scm, id));
    if (answer === "unknown") return "lost in a restart";
    if ("status" in answer) {
      if (answer.status === SUCCESS) return "done";
      if (answer.status > LAST_RUNNING) {
        const said = answer.status_text || answer.message || "nothing";
        throw new Error(`deployment ${id} failed; SCM said: ${said}`);
      }
    }
    await time.sleep(1000);
  }
  return "still running";
}

async function look(
  scm: Pick<Scm, "request">,
  id: string,
): Promise<Deployment | "unknown" | Unavailable> {
  const response = await scm.request(`/api/deployments/${encodeURIComponent(id)}`);
  if (response.status === 404) return "unknown";
  if (isRestarting(response)) return { reason: `SCM answered ${response.status}` };
  if (!response.ok) throw await refusal(response, `follow deployment ${id}`);
  return (await response.json()) as Deployment;
}

function isRestarting(response: Response): boolean {
  return response.status === 503 || response.status === 502;
}

// fetch throws a TypeError when the connection is refused or reset, and the deadline's error when nothing is
// answered; a restart does all of these.
async function attempt<T>(call: () => Promise<T>): Promise<T | Unavailable> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!(error instanceof TypeError || error.name === "TimeoutError")) throw error;
    return { reason: error.cause instanceof Error ? error.cause.message : error.message };
  }
}
