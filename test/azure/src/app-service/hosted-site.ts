import { randomUUID } from "node:crypto";
import { objectField } from "../base/json.ts";
import type { Azure } from "../service/azure.ts";
import type { SiteHostNames } from "../service/site-host.ts";
import type { Resource } from "../world/resource-records.ts";
import { isStopped } from "../world/resources/site-config.ts";
import { type SavedScm, ScmSite, type ScmTimes } from "./scm-site.ts";
import { appSettings, siteEnvironment } from "./site-environment.ts";
import { SiteFronts } from "./site-fronts.ts";
import { type PingTimes, SitePings } from "./site-pings.ts";
import { SiteRunner } from "./site-runner.ts";

/** What a site goes on with after everything was stopped and started again, besides its resource. */
export interface SavedSite {
  readonly identityHeader: string;
  readonly scm: SavedScm;
}

/** What App Service gives to each of its sites. */
interface Platform {
  readonly identityEndpoint: string;
  readonly scmTimes: ScmTimes;
  readonly pings: PingTimes;
  readonly passesSigterm: boolean;
}

/** One site: two ports that stay for its life, and what runs the package published last. */
export class HostedSite {
  readonly site: Resource;
  /** IDENTITY_HEADER of this site's process, the secret that names the site to the identity endpoint. */
  readonly identityHeader: string;
  readonly scm: ScmSite;
  readonly #runner: SiteRunner;
  #fronts: SiteFronts | undefined;
  #pings: SitePings | undefined;
  #appliedSettings: string | undefined;

  private constructor(site: Resource, identityHeader: string, scm: ScmSite, runner: SiteRunner) {
    this.site = site;
    this.identityHeader = identityHeader;
    this.scm = scm;
    this.#runner = runner;
  }

  /** Opens a site's ports; with `saved` it goes on with that. Throws when a kept port is taken. */
  static async open(
    azure: Azure,
    site: Resource,
    { identityEndpoint, scmTimes, pings, passesSigterm }: Platform,
    { identityHeader = randomUUID(), scm: savedScm }: Partial<SavedSite> = {},
  ): Promise<HostedSite> {
    const runner = await SiteRunner.create(azure, site, passesSigterm, (home) => {
      const hostName = hosted.hosts.main;
      return siteEnvironment(azure, site, { identityEndpoint, identityHeader, hostName, home });
    });
    const scm = new ScmSite(azure, site.name, (zip) => runner.fetch(zip), scmTimes);
    const hosted = new HostedSite(site, identityHeader, scm, runner);
    try {
      hosted.#pings = new SitePings(site, () => runner.listening(), pings);
      hosted.#fronts = await SiteFronts.start(azure, site, scm, runner);
      if (savedScm !== undefined) scm.resume(savedScm);
      if (savedScm?.package !== undefined) await runner.load(savedScm.package.zip);
    } catch (error) {
      await hosted.close();
      throw error;
    }
    return hosted;
  }

  get hosts(): SiteHostNames {
    if (this.#fronts === undefined) throw new Error(`site "${this.site.id}" does not listen`);
    return this.#fronts.hosts;
  }

  /** Restarts the process, and SCM, when what they were started with has changed. */
  apply(): void {
    const settings = settingsOf(this.site);
    if (settings === this.#appliedSettings) return;
    if (this.#appliedSettings !== undefined) this.scm.restart();
    this.#appliedSettings = settings;
    // What fails is logged; nobody waits for it.
    this.#runner.restart().catch(() => undefined);
  }

  /** Resolves when the process before has ended and another runs, if the site is to run at all. */
  restart(): Promise<void> {
    return this.#runner.restart();
  }

  save(): SavedSite {
    return { identityHeader: this.identityHeader, scm: this.scm.save() };
  }

  async close(): Promise<void> {
    this.scm.restart();
    this.#pings?.close();
    await this.#fronts?.close();
    await this.#runner.close();
  }
}

/** What a running process has been started with and cannot see change. */
function settingsOf(site: Resource): string {
  const { appCommandLine, linuxFxVersion } = objectField(site.properties, "siteConfig");
  const settings = [appSettings(site), appCommandLine, linuxFxVersion, site.identity];
  return JSON.stringify([...settings, isStopped(site)]);
}
