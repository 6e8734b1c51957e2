import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Azure } from "../azure.ts";
import { objectField, stringField } from "../resource-manager/json-object.ts";
import type { Resource } from "../state.ts";
import { Turns } from "../turns.ts";
import type { SiteHosts } from "./app-service.ts";
import { isStopped } from "./is-stopped.ts";
import { ScmSite, type SavedScm } from "./scm-site.ts";
import { SiteFronts } from "./site-fronts.ts";
import { appSettings, siteEnvironment } from "./site-environment.ts";
import { unpackSite } from "./site-package.ts";
import { SiteProcess } from "./site-process.ts";
import { startCommand } from "./start-command.ts";

/** Keeps a site that fails at its start from taking a whole processor. */
const crashPauseMilliseconds = 500;

/** What a site goes on with after everything was stopped and started again, besides its resource. */
export interface SavedSite {
  readonly identityHeader: string;
  readonly scm: SavedScm;
}

/** What App Service gives to each of its sites. */
interface Platform {
  readonly identityEndpoint: string;
  readonly scmRestartMilliseconds: number;
}

/** One site: two ports that stay for its life, and the process of the package published last. */
export class HostedSite {
  readonly site: Resource;
  /** IDENTITY_HEADER of this site's process, the secret that names the site to the identity endpoint. */
  readonly identityHeader: string;
  readonly scm: ScmSite;
  readonly #azure: Azure;
  readonly #folder: string;
  readonly #identityEndpoint: string;
  #fronts: SiteFronts | undefined;
  #content: string | undefined;
  #process: SiteProcess | undefined;
  #appliedSettings: string | undefined;
  readonly #changes = new Turns();

  private constructor(
    azure: Azure,
    site: Resource,
    folder: string,
    { identityEndpoint, scmRestartMilliseconds }: Platform,
    identityHeader: string,
  ) {
    this.#azure = azure;
    this.site = site;
    this.#folder = folder;
    this.#identityEndpoint = identityEndpoint;
    this.identityHeader = identityHeader;
    this.scm = new ScmSite(azure, (zip) => this.#publish(zip), scmRestartMilliseconds);
  }

  static async open(
    azure: Azure,
    site: Resource,
    platform: Platform,
    saved?: SavedSite,
  ): Promise<HostedSite> {
    const folder = await mkdtemp(join(tmpdir(), "local-azure-site-"));
    const { identityHeader = randomUUID(), scm } = saved ?? {};
    const hosted = new HostedSite(azure, site, folder, platform, identityHeader);
    try {
      hosted.#fronts = await SiteFronts.start(azure, site, hosted.scm, () => hosted.#process?.port);
      if (scm !== undefined) hosted.scm.resume(scm);
      const zip = scm?.package?.zip;
      if (zip !== undefined) hosted.#content = await unpackSite(zip, folder);
    } catch (error) {
      await hosted.close();
      throw error;
    }
    return hosted;
  }

  get hosts(): SiteHosts {
    if (this.#fronts === undefined) throw new Error(`site "${this.site.id}" does not listen`);
    return this.#fronts.hosts;
  }

  /** Restarts the process, and SCM, when what they were started with has changed. */
  apply(): void {
    const settings = this.#settings();
    if (settings === this.#appliedSettings) return;
    if (this.#appliedSettings !== undefined) this.scm.restart();
    this.#appliedSettings = settings;
    // What fails is logged; nobody waits for it.
    this.#inOrder(() => this.#restart()).catch(() => undefined);
  }

  /** Resolves when the process before has ended and another runs, if the site is to run at all. */
  restart(): Promise<void> {
    return this.#inOrder(() => this.#restart());
  }

  save(): SavedSite {
    return { identityHeader: this.identityHeader, scm: this.scm.save() };
  }

  async close(): Promise<void> {
    this.scm.restart();
    await this.#fronts?.close();
    await this.#inOrder(async () => {
      await this.#stop();
      this.#content = undefined;
      await rm(this.#folder, { recursive: true, force: true });
    });
  }

  /** Puts a package in place of the one before and runs it. Throws for an archive that cannot be trusted. */
  #publish(zip: Uint8Array): Promise<void> {
    return this.#inOrder(async () => {
      const previous = this.#content;
      this.#content = await unpackSite(zip, this.#folder);
      await this.#restart();
      if (previous !== undefined) await rm(previous, { recursive: true, force: true });
    });
  }

  async #restart(): Promise<void> {
    await this.#stop();
    if (isStopped(this.site)) return;
    const siteConfig = objectField(this.site.properties, "siteConfig");
    const command = startCommand(stringField(siteConfig, "appCommandLine"));
    if (this.#content === undefined || command === undefined) return;
    const started = await SiteProcess.start({
      azure: this.#azure,
      name: this.site.name,
      command,
      folder: this.#content,
      environment: siteEnvironment(this.#azure, this.site, {
        identityEndpoint: this.#identityEndpoint,
        identityHeader: this.identityHeader,
        hostName: this.hosts.main,
        home: this.#folder,
      }),
    });
    this.#process = started;
    started.exited.then(() => this.#startAgain(started)).catch(() => undefined);
  }

  /** A process that ends by itself is started again, as App Service does with its containers. */
  async #startAgain(ended: SiteProcess): Promise<void> {
    await delay(crashPauseMilliseconds, undefined, { ref: false });
    await this.#inOrder(async () => {
      if (this.#process === ended) await this.#restart();
    });
  }

  async #stop(): Promise<void> {
    const stopped = this.#process;
    this.#process = undefined;
    await stopped?.stop();
  }

  /** What a running process has been started with and cannot see change. */
  #settings(): string {
    const siteConfig = objectField(this.site.properties, "siteConfig");
    const { appCommandLine, linuxFxVersion } = siteConfig;
    const { identity } = this.site;
    const settings = [appSettings(this.site), appCommandLine, linuxFxVersion, identity];
    return JSON.stringify([...settings, isStopped(this.site)]);
  }

  /** One change at a time: two processes never run at once, and the last change wins. */
  #inOrder(change: () => Promise<void>): Promise<void> {
    const result = this.#changes.take(change);
    result.catch((error: unknown) =>
      this.#azure.log("site-change-failed", { site: this.site.name, error: String(error) }),
    );
    return result;
  }
}
