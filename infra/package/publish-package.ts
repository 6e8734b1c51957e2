import type { Answer } from "./answer.ts";
import type { Package } from "./build-package.ts";
import { deployedHash } from "./deployed-hash.ts";
import { followDeployment } from "./follow-deployment.ts";
import type { Patience } from "./patience.ts";
import { Refusal } from "./refusal.ts";
import { listDeployments } from "./scm-deployments.ts";
import type { SiteApi } from "./site-api.ts";

// As `az webapp deploy` does. Without the tracking SCM names no deployment, and Resource Manager follows none (source:
// KuduLite, PushDeploymentController; microsoft/vscode-azuretools#1188).
const PUBLISH = "/api/publish?type=zip&clean=true&async=true&trackDeploymentProgress=true";

/** What was sent did not come to run, and may yet be what the site has now. */
export class NotRunning extends Error {}

/**
 * Publishes a package to a site's wwwroot and resolves when the site runs it. SCM restarts after a change of settings, which
 * may lose a deployment; the package is sent again only when SCM has said that nothing of ours runs or ran.
 *
 * @throws {NotRunning} when the deployment fails, the site does not start with the package, or time is over
 * @throws when SCM refuses the package.
 */
export async function publishPackage(
  site: Pick<SiteApi, "scm" | "resourceManager">,
  { hash, zip }: Package,
  patience: Patience,
): Promise<void> {
  for (;;) {
    // SCM of a young site, or one that restarts, is waited for before anything is sent to it.
    const before = await listDeployments(site, patience);
    const known = new Set(before.map(({ id }) => id));
    const sent = await send(site, zip, patience);
    const outcome = await followDeployment(site, { known, ...sent }, patience).catch(notRunning);
    if (outcome === "runs") break;
    patience.say("SCM knows of no deployment of the package; it is sent again");
  }
  const found = await deployedHash(site, patience).catch(notRunning);
  if (found === hash) return;
  throw new NotRunning(
    `the site runs another package than the published one (${found ?? "none of this project"} in place of ${hash}): somebody else publishes to it; find out who, and run pulumi up again`,
  );
}

/** Sends the package: the id its deployment will have, or none when it is not known whether or as what it was accepted. */
async function send(
  site: Pick<SiteApi, "scm">,
  zip: Uint8Array,
  patience: Patience,
): Promise<{ id?: string }> {
  for (;;) {
    const answer = await patience.attempt("publish the package", () => site.scm(PUBLISH, zip));
    if (!(answer instanceof Refusal)) return idOf(answer);
    await patience.bear(answer);
    if (answer.mayHaveHappened) return {};
  }
}

function notRunning(error: unknown): never {
  throw new NotRunning(error instanceof Error ? error.message : String(error), { cause: error });
}

function idOf({ headers }: Answer): { id?: string } {
  const id = headers.get("scm-deployment-id");
  return id === null ? {} : { id };
}
