import { buildPackage } from "./build-package.ts";
import { deployedHash } from "./deployed-hash.ts";
import type { PackageState } from "./package-state.ts";
import { Patience, type Waiting } from "./patience.ts";
import { NotRunning, publishPackage } from "./publish-package.ts";
import { SiteApi, SiteGone } from "./site-api.ts";

/** In place of the hash of a package that was sent and does not run. */
const NOT_RUNNING = "not running";

/** A refresh is not worth more waiting than a restart of SCM takes. */
const READ_MILLISECONDS = 30_000;

/**
 * Publishes the package of the sources in the current folder. The site may be one that was just made.
 *
 * @throws when the sources changed since the program read them, or publishing fails.
 */
export async function publish(
  inputs: PackageState,
  waiting: Waiting = { isNew: true },
): Promise<PackageState> {
  const built = await buildPackage(process.cwd());
  if (built.hash !== inputs.packageHash) {
    throw new Error(
      "the site's sources changed while the stack was being updated; run pulumi up again",
    );
  }
  const patience = new Patience(waiting);
  const site = await siteOf(inputs, patience);
  if (site.isStopped)
    throw new Error(
      `the site "${inputs.siteId}" is stopped, so that it would not run its package; start it with \`az webapp start\` and run pulumi up again`,
    );
  await publishPackage(site, built, patience).catch((error: unknown) => {
    throw error instanceof NotRunning ? madeButNotRunning(inputs, error) : error;
  });
  return inputs;
}

/**
 * The error by which Pulumi keeps the resource and updates it next time, whatever its sources are then: with those of before
 * there would be no difference to what the state says, and the site would stay as it is.
 */
function madeButNotRunning(inputs: PackageState, { message }: NotRunning): Error {
  const properties = { ...inputs, packageHash: NOT_RUNNING };
  return Object.assign(new Error(message), { id: inputs.siteId, properties, reasons: [message] });
}

/** Publishes when the hash changed; a new deployer alone is no reason to restart the site. */
export async function update(olds: PackageState, news: PackageState): Promise<PackageState> {
  if (olds.packageHash === news.packageHash) return news;
  return publish(news, { isNew: olds.packageHash === NOT_RUNNING });
}

/**
 * The state with the hash of what is deployed now, for `pulumi refresh`; empty when the site is gone. A package that cannot
 * be read is kept as it is: what a refresh is to find may be in another tenant.
 */
export async function read(
  id: string,
  state: PackageState | undefined,
  waiting: Waiting = { milliseconds: READ_MILLISECONDS },
): Promise<{ id?: string; props?: PackageState }> {
  if (state === undefined) return {};
  // Its file names the package that is there, and not that it does not run.
  if (state.packageHash === NOT_RUNNING) return { id, props: state };
  const patience = new Patience(waiting);
  try {
    const site = await siteOf(state, patience);
    const packageHash = (await deployedHash(site, patience)) ?? "no package";
    return { id, props: { ...state, packageHash } };
  } catch (error) {
    if (error instanceof SiteGone) return {};
    const reason = error instanceof Error ? error.message : String(error);
    patience.say(`warning: the deployed package is taken as it was last seen: ${reason}`);
    return { id, props: state };
  }
}

/** The site's two faces, once Resource Manager has told where SCM is. */
async function siteOf({ siteId, deployer }: PackageState, patience: Patience): Promise<SiteApi> {
  return patience.retry(`read site "${siteId}"`, () => SiteApi.of(siteId, deployer));
}
