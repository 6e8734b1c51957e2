import type { Patience } from "./patience.ts";
import { Refusal } from "./refusal.ts";
import type { SiteApi } from "./site-api.ts";

// https://github.com/projectkudu/kudu/blob/master/Kudu.Contracts/Deployment/DeployStatus.cs: others that are complete are
// kinds of failure.
const SUCCESS = 4;

/** One of SCM's deployments, as much of its document as matters. */
export interface Deployment {
  readonly id: string;
  readonly status: number;
  readonly status_text?: string;
  readonly progress?: string;
  readonly complete: boolean;
  /** Whether it stands for one whose package is not fetched yet. */
  readonly is_temp?: boolean;
}

/** SCM's deployments, once it tells them. */
export async function listDeployments(
  site: Pick<SiteApi, "scm">,
  patience: Patience,
): Promise<readonly Deployment[]> {
  for (;;) {
    const list = await glanceAtDeployments(site, patience);
    if (!(list instanceof Refusal)) return list;
    await patience.bear(list);
  }
}

/** The same, asked once. */
export async function glanceAtDeployments(
  site: Pick<SiteApi, "scm">,
  patience: Patience,
): Promise<readonly Deployment[] | Refusal> {
  // The Azure CLI asks with the final slash.
  const ask = () => site.scm("/api/deployments/");
  const answer = await patience.attempt("list the site's deployments", ask);
  if (answer instanceof Refusal) return answer;
  const list = parse(answer.text);
  if (Array.isArray(list)) return list as Deployment[];
  const reason =
    "answered something else than SCM does; is there a proxy or sign-in page on the way?";
  return new Refusal(`${answer.host} ${reason}`, "outage", false);
}

/** What a deployment failed for, undefined for one that did not. */
export function failureOf({ id, status, status_text, complete }: Deployment): string | undefined {
  if (!complete || status === SUCCESS) return undefined;
  const said = status_text === undefined || status_text === "" ? "nothing" : status_text;
  return `deployment ${id} failed; SCM said: ${said}; \`az webapp log deployment show\` tells more`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
