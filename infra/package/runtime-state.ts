import type { Patience } from "./patience.ts";
import { Refusal } from "./refusal.ts";
import type { SiteApi } from "./site-api.ts";

/** How the site fares with a deployment, and who said so. */
export interface RuntimeState {
  readonly state: "runs" | "failed" | "under way" | "untold";
  readonly said: string;
}

// https://learn.microsoft.com/rest/api/appservice/web-apps/get-production-site-deployment-status, DeploymentBuildStatus.
const FAILURES = ["BuildFailed", "BuildAborted", "RuntimeFailed", "TimedOut"];

interface StatusDocument {
  readonly properties?: {
    readonly status?: string;
    readonly errors?: readonly { readonly message?: string | null }[] | null;
  };
}

/** What Resource Manager says of a deployment, asked once. It follows those alone that were sent to be tracked. */
export async function runtimeState(
  site: Pick<SiteApi, "resourceManager">,
  id: string | undefined,
  patience: Patience,
): Promise<RuntimeState> {
  if (id === undefined) return { state: "untold", said: "SCM has not told its id" };
  const ask = () => site.resourceManager(`/deploymentStatus/${encodeURIComponent(id)}`);
  const answer = await patience.attempt("follow the deployment", ask, [404]);
  if (answer instanceof Refusal) return { state: "untold", said: answer.message };
  const { status, errors } = parse(answer.text).properties ?? {};
  if (answer.status === 404 || status === undefined)
    return { state: "untold", said: "Resource Manager does not know it" };
  const reasons = (errors ?? []).map(({ message }) => message ?? "").filter(Boolean);
  const said = [`Resource Manager says ${status}`, ...reasons].join(": ");
  if (status === "RuntimeSuccessful") return { state: "runs", said };
  return { state: FAILURES.includes(status) ? "failed" : "under way", said };
}

function parse(text: string): StatusDocument {
  try {
    return JSON.parse(text) as StatusDocument;
  } catch {
    return {};
  }
}
