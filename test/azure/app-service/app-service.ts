import type { Azure } from "../azure.ts";
import type { Resource } from "../state.ts";
import { HostedSite, type SavedSite } from "./hosted-site.ts";
import { IdentityEndpoint } from "./identity-endpoint.ts";

/** Host names with port, `localhost:PORT`, of a site and of its SCM site. */
export interface SiteHosts {
  readonly main: string;
  readonly scm: string;
}

/** The settings by which App Service's identity endpoint is found and opened. */
export interface IdentitySettings {
  readonly IDENTITY_ENDPOINT: string;
  readonly IDENTITY_HEADER: string;
}

/** The part of App Service behind Resource Manager: fronts and processes of the sites. */
export interface AppService {
  /**
   * Makes a site's written state take effect; its first call opens the site's two ports and goes on with what `saved` has
   * of it.
   */
  applySite(site: Resource, saved?: SavedSite): Promise<void>;
  /** Starts a site's process anew. Throws for a site that was never applied. */
  restartSite(siteId: string): Promise<void>;
  /** What sites have besides their resources, by their ids in lower case. */
  save(): Map<string, SavedSite>;
  /** Throws for a site that was never applied. */
  siteHosts(siteId: string): SiteHosts;
  /** What tells a process that plays the site where its managed identity is. Throws for a site that was never applied. */
  identitySettings(siteId: string): Promise<IdentitySettings>;
  /** Ends the process, closes both ports and forgets the package. */
  removeSite(siteId: string): Promise<void>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

export interface AppServiceOptions {
  /** How long SCM is away after a settings change, in milliseconds. @default 500 */
  readonly scmRestartMilliseconds?: number;
}

/** App Service on this machine: every site has a front, an SCM site and, once a package is published, a process. */
export function createAppService(azure: Azure, options: AppServiceOptions = {}): AppService {
  const sites = new Map<string, HostedSite>();
  /** By a site's key until it is open, so that requests at once open it once. */
  const opening = new Map<string, Promise<HostedSite>>();
  const identityEndpoint = new IdentityEndpoint(azure, () => sites.values());
  const { scmRestartMilliseconds = 500 } = options;

  const appliedSite = (siteId: string): HostedSite => {
    const site = sites.get(siteId.toLowerCase());
    if (site === undefined) throw new Error(`site "${siteId}" was never applied`);
    return site;
  };
  const openSite = async (site: Resource, saved?: SavedSite): Promise<HostedSite> => {
    const key = site.id.toLowerCase();
    try {
      const platform = { identityEndpoint: await identityEndpoint.url(), scmRestartMilliseconds };
      const hosted = await HostedSite.open(azure, site, platform, saved);
      sites.set(key, hosted);
      return hosted;
    } finally {
      opening.delete(key);
    }
  };
  const removeSite = async (siteId: string): Promise<void> => {
    const key = siteId.toLowerCase();
    const site = await (opening.get(key) ?? sites.get(key));
    sites.delete(key);
    await site?.close();
  };
  const reset = async (): Promise<void> => {
    await Promise.all([...new Set([...opening.keys(), ...sites.keys()])].map(removeSite));
  };
  return {
    removeSite,
    reset,
    async applySite(site, saved) {
      const key = site.id.toLowerCase();
      let hosted = sites.get(key);
      if (hosted === undefined) {
        const opened = opening.get(key) ?? openSite(site, saved);
        opening.set(key, opened);
        hosted = await opened;
      }
      hosted.apply();
    },
    restartSite: async (siteId) => appliedSite(siteId).restart(),
    save: () => new Map([...sites].map(([key, site]) => [key, site.save()])),
    siteHosts: (siteId) => appliedSite(siteId).hosts,
    async identitySettings(siteId) {
      const { identityHeader } = appliedSite(siteId);
      return { IDENTITY_ENDPOINT: await identityEndpoint.url(), IDENTITY_HEADER: identityHeader };
    },
    async close() {
      await reset();
      await identityEndpoint.close();
    },
  };
}
