import { setTimeout as sleep } from "node:timers/promises";
import { refusal, type Scm } from "./scm.ts";

const DEADLINE_MILLISECONDS = 600_000;

// https://github.com/projectkudu/kudu/blob/master/Kudu.Contracts/Deployment/DeployStatus.cs
const FAILED = 3;
const SUCCESS = 4;

/** Time, so that tests need not wait. */
export interface Waiting {
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

const realTime: Waiting = { now: () => Date.now(), sleep };

/**
 * Publishes a zip to a site and follows that deployment, never just the latest, to its end. SCM restarts shortly
 * after a settings change: it answers 503 or not at all, and a deployment in flight is lost, so then the zip is
 * sent again.
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
      last = `deployment ${id} was lost in a restart`;
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

async function send(scm: Pick<Scm, "request">, zip: Uint8Array): Promise<string | Unavailable> {
  const path = "/api/publish?type=zip&async=true";
  const response = await scm.request(path, { method: "POST", body: zip });
  if (isRestarting(response)) return { reason: `SCM answered ${response.status}` };
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
): Promise<"done" | "lost"> {
  while (time.now() < deadline) {
    const answer = await attempt(() => scm.request(`/api/deployments/${encodeURIComponent(id)}`));
    if ("status" in answer && answer.status === 404) return "lost";
    if ("status" in answer && !isRestarting(answer)) {
      if (!answer.ok) throw await refusal(answer, `follow deployment ${id}`);
      const deployment = (await answer.json()) as {
        status: number;
        status_text?: string;
        message?: string;
      };
      if (deployment.status === SUCCESS) return "done";
      if (deployment.status === FAILED) {
        const said = deployment.status_text || deployment.message || "nothing";
        throw new Error(`deployment ${id} failed; SCM said: ${said}`);
      }
    }
    await time.sleep(1000);
  }
  return "lost";
}

function isRestarting(response: Response): boolean {
  return response.status === 503 || response.status === 502;
}

// fetch throws a TypeError when the connection is refused or reset, which a restart does.
async function attempt<T>(call: () => Promise<T>): Promise<T | Unavailable> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { reason: error.cause instanceof Error ? error.cause.message : error.message };
  }
}
