import type { Azure } from "../service/azure.ts";
import type { SiteHost } from "../service/site-host.ts";
import type { IssueManagedIdentityToken } from "../service/token-issuer.ts";
import type { Resource } from "../world/resource-records.ts";
import { HostedSite, type SavedSite } from "./hosted-site.ts";
import { HostedSites } from "./hosted-sites.ts";
import { IdentityEndpoint } from "./identity-endpoint.ts";
import type { PingTimes } from "./site-pings.ts";

/** The settings by which App Service's identity endpoint is found and opened. */
export interface IdentitySettings {
  readonly IDENTITY_ENDPOINT: string;
  readonly IDENTITY_HEADER: string;
}

/** The part of App Service behind Resource Manager: fronts and processes of the sites. */
export interface AppService extends SiteHost {
  /** The first call for a site goes on with what `saved` has of it. */
  applySite(site: Resource, saved?: SavedSite): Promise<void>;
  /** What sites have besides their resources, by their ids in lower case. */
  save(): Map<string, SavedSite>;
  /** What tells a process that plays the site where its managed identity is. Throws for a site that was never applied. */
  identitySettings(siteId: string): Promise<IdentitySettings>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

export interface AppServiceOptions {
  /** How long SCM is away after a settings change, in milliseconds. @default 500 */
  readonly scmRestartMilliseconds?: number;
  /** How long a push is a temporary deployment only, in milliseconds. @default 200 */
  readonly scmFetchMilliseconds?: number;
  /** How often the platform asks each site. @default as on Azure */
  readonly pings?: PingTimes;
  /**
   * Whether a site that is stopped gets SIGTERM before it is killed. On Azure the first process of a container is a shell script
   * that may not pass it on (dotnet/aspnetcore issue 68252). @default true
   */
  readonly passesSigterm?: boolean;
}

/** App Service on this machine: every site has a front, an SCM site and, once a package is published, a process. */
export function createAppService(
  azure: Azure,
  issueToken: IssueManagedIdentityToken,
  options: AppServiceOptions = {},
): AppService {
  const sites = new HostedSites();
  const identityEndpoint = new IdentityEndpoint(azure, issueToken, () => sites.open().values());
  const { pings = { alwaysOn: 300_000, healthCheck: 60_000 }, passesSigterm = true } = options;
  const scmTimes = {
    restart: options.scmRestartMilliseconds ?? 500,
    fetch: options.scmFetchMilliseconds ?? 200,
  };

  const appliedSite = async (siteId: string): Promise<HostedSite> => {
    const site = await sites.find(siteId);
    if (site === undefined) throw new Error(`site "${siteId}" was never applied`);
    return site;
  };
  const openSite = async (site: Resource, saved?: SavedSite): Promise<HostedSite> => {
    const identityUrl = await identityEndpoint.url();
    const platform = { identityEndpoint: identityUrl, scmTimes, pings, passesSigterm };
    return HostedSite.open(azure, site, platform, saved);
  };
  return {
    removeSite: (siteId) => sites.remove(siteId),
    reset: () => sites.removeAll(),
    async applySite(site, saved) {
      const hosted = await sites.findOrOpen(site.id, () => openSite(site, saved));
      hosted.apply();
    },
    restartSite: async (siteId) => (await appliedSite(siteId)).restart(),
    save: () => new Map([...sites.open()].map(([key, site]) => [key, site.save()])),
    siteHostNames: async (siteId) => (await appliedSite(siteId)).hosts,
    deploymentProgress: async (siteId, id) => (await appliedSite(siteId)).scm.progress(id),
    async identitySettings(siteId) {
      const { identityHeader } = await appliedSite(siteId);
      return { IDENTITY_ENDPOINT: await identityEndpoint.url(), IDENTITY_HEADER: identityHeader };
    },
    async close() {
      await sites.removeAll();
      await identityEndpoint.close();
    },
  };
}
