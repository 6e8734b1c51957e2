import { buildPackage } from "./build-package.ts";
import { deployedHash } from "./deployed-hash.ts";
import type { PackageState } from "./package-state.ts";
import { publishPackage } from "./publish-package.ts";
import { Scm, SiteGone } from "./scm.ts";

/**
 * Publishes the package of the sources in the current folder.
 *
 * @throws when the sources changed since the program read them, or publishing fails.
 */
export async function publish(inputs: PackageState): Promise<PackageState> {
  const built = await buildPackage(process.cwd());
  if (built.hash !== inputs.packageHash) {
    throw new Error(
      "the site's sources changed while the stack was being updated; run pulumi up again",
    );
  }
  await publishPackage(await Scm.of(inputs.siteId, inputs.deployer), built.zip);
  return inputs;
}

/** Publishes when the hash changed; a new deployer alone is no reason to restart the site. */
export async function update(olds: PackageState, news: PackageState): Promise<PackageState> {
  return olds.packageHash === news.packageHash ? news : publish(news);
}

/** The state with the hash of what is deployed now, for `pulumi refresh`; empty when the site is gone. */
export async function read(
  id: string,
  state: PackageState | undefined,
): Promise<{ id?: string; props?: PackageState }> {
  if (state === undefined) return {};
  try {
    const scm = await Scm.of(state.siteId, state.deployer);
    return { id, props: { ...state, packageHash: (await deployedHash(scm)) ?? "no package" } };
  } catch (error) {
    if (error instanceof SiteGone) return {};
    throw error;
  }
}
