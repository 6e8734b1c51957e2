import type { Patience } from "./patience.ts";
import { Refusal } from "./refusal.ts";
import { runtimeState } from "./runtime-state.ts";
import { type Deployment, failureOf, glanceAtDeployments } from "./scm-deployments.ts";
import type { SiteApi } from "./site-api.ts";
import { siteOutput } from "./site-output.ts";

/**
 * How long SCM may know nothing of a deployment after it was sent, and after each outage: first there is only a temporary
 * one (KuduLite: at least 2 s), and a restart may come between.
 */
const UNKNOWN_MILLISECONDS = 60_000;

/** How long after SCM's own end Resource Manager may know nothing: Kudu drops a notice that fails three times in 10 s. */
const UNTOLD_MILLISECONDS = 120_000;

/** What was sent: the deployments that there were before, and the id that SCM promised, if it did. */
export interface Sent {
  readonly known: ReadonlySet<string>;
  readonly id?: string;
}

/**
 * Follows a deployment until the site runs with it. Resource Manager alone tells how the site starts, and SCM alone whether
 * the deployment is still there.
 *
 * @returns "lost" when SCM answers and for a minute knows nothing that is or was ours
 * @throws when the deployment fails, the site does not start with it, or time is over.
 */
export async function followDeployment(
  site: Pick<SiteApi, "scm" | "resourceManager">,
  sent: Sent,
  patience: Patience,
): Promise<"runs" | "lost"> {
  let { id } = sent;
  let unknownSince = patience.now();
  let deployedSince: number | undefined;
  for (;;) {
    const runtime = await runtimeState(site, id, patience);
    if (runtime.state === "runs") return "runs";
    if (runtime.state === "failed")
      throw new Error(
        `the site does not run with the package: ${runtime.said}; ${await siteOutput(site, patience)}`,
      );

    const seen = await lookFor({ ...sent, ...(id !== undefined && { id }) }, site, patience);
    if (seen !== undefined) unknownSince = patience.now();
    else if (patience.now() - unknownSince >= UNKNOWN_MILLISECONDS) return "lost";
    if (seen instanceof Refusal && seen.nature === "final") throw seen;
    if (seen !== undefined && !(seen instanceof Refusal)) {
      const failure = failureOf(seen);
      if (failure !== undefined) throw new Error(failure);
      if (seen.is_temp !== true) id ??= seen.id;
      if (seen.complete) deployedSince ??= patience.now();
    }

    const isUntold = runtime.state === "untold" && deployedSince !== undefined;
    if (isUntold && patience.now() - (deployedSince ?? 0) >= UNTOLD_MILLISECONDS) {
      patience.say(
        `warning: the package is deployed, and whether the site runs with it nobody told; ${runtime.said}`,
      );
      return "runs";
    }
    await patience.pause(`deployment ${id ?? "of the package"}: ${told(seen)}; ${runtime.said}`);
  }
}

/** What SCM has of ours, why it does not say, or undefined for nothing. */
async function lookFor(
  { known, id }: Sent,
  site: Pick<SiteApi, "scm">,
  patience: Patience,
): Promise<Deployment | Refusal | undefined> {
  const list = await glanceAtDeployments(site, patience);
  if (list instanceof Refusal) return list;
  const fresh = list.filter((deployment) => !known.has(deployment.id));
  const ours = fresh.find((deployment) => deployment.id === id);
  // A package that could not be fetched leaves its temporary deployment behind, failed, and never gets an id.
  return ours ?? fresh.find(({ is_temp }) => id === undefined || is_temp === true);
}

function told(seen: Deployment | Refusal | undefined): string {
  if (seen instanceof Refusal) return seen.message;
  if (seen === undefined) return "SCM does not know it yet";
  if (seen.complete) return "SCM has deployed it";
  return `SCM says "${seen.progress || seen.status_text || "pending"}"`;
}
