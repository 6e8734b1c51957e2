import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { objectField, stringField } from "../base/json.ts";
import { Turns } from "../base/turns.ts";
import type { Azure } from "../service/azure.ts";
import type { Resource } from "../world/resource-records.ts";
import { isStopped, startCommand } from "../world/resources/site-config.ts";
import type { FetchedPackage } from "./scm-site.ts";
import { keepLine, keepsOutput } from "./site-log.ts";
import { unpackSite } from "./site-package.ts";
import { SiteProcess } from "./site-process.ts";

/** Keeps a site that fails at its start from taking a whole processor. */
const crashPauseMilliseconds = 500;

/** Runs what is in a site's wwwroot, in one process at a time. */
export class SiteRunner {
  readonly #azure: Azure;
  readonly #site: Resource;
  /** What Azure has at /home. */
  readonly home: string;
  readonly #environment: (home: string) => Record<string, string>;
  readonly #passesSigterm: boolean;
  #hasPackage = false;
  #process: SiteProcess | undefined;
  readonly #changes = new Turns();

  private constructor(
    azure: Azure,
    site: Resource,
    home: string,
    passesSigterm: boolean,
    environment: (home: string) => Record<string, string>,
  ) {
    this.#azure = azure;
    this.#site = site;
    this.home = home;
    this.#passesSigterm = passesSigterm;
    this.#environment = environment;
  }

  /** Runs nothing yet. `environment` is what each process gets, by the site's own folder. */
  static async create(
    azure: Azure,
    site: Resource,
    passesSigterm: boolean,
    environment: (home: string) => Record<string, string>,
  ): Promise<SiteRunner> {
    const home = await mkdtemp(join(tmpdir(), "local-azure-site-"));
    await Promise.all(["site", "LogFiles"].map((folder) => mkdir(join(home, folder))));
    return new SiteRunner(azure, site, home, passesSigterm, environment);
  }

  /** Where the process listens, after the changes that were asked for before. Undefined when none is to run. */
  async listening(): Promise<number | undefined> {
    await this.#starts();
    return this.#process?.port;
  }

  /** Takes a package that the next restart runs. Throws for an archive that cannot be trusted. */
  async load(zip: Uint8Array): Promise<void> {
    await this.#place(await unpackSite(zip, this.home));
  }

  /** Unpacks a package beside what runs. Throws for an archive that cannot be trusted. */
  async fetch(zip: Uint8Array): Promise<FetchedPackage> {
    const content = await unpackSite(zip, this.home);
    return { deploy: () => this.#deploy(content), starts: () => this.#starts() };
  }

  #deploy(content: string): Promise<void> {
    return this.#inOrder(async () => {
      await this.#stop();
      await this.#place(content);
      await this.#restart();
    });
  }

  /** A zip replaces all of wwwroot (source: KuduLite, `clean.GetValueOrDefault(true)` for type=zip). */
  async #place(content: string): Promise<void> {
    await rm(this.#wwwroot, { recursive: true, force: true });
    await rename(content, this.#wwwroot);
    this.#hasPackage = true;
  }

  get #wwwroot(): string {
    return join(this.home, "site", "wwwroot");
  }

  async #starts(): Promise<boolean | undefined> {
    await this.#changes.take(() => Promise.resolve());
    const running = this.#process;
    const listens = await running?.started;
    return running === this.#process ? listens : this.#starts();
  }

  /** Resolves when the process before has ended and another runs, if the site is to run at all. */
  restart(): Promise<void> {
    return this.#inOrder(() => this.#restart());
  }

  /** Ends the process and forgets the package. */
  close(): Promise<void> {
    return this.#inOrder(async () => {
      await this.#stop();
      this.#hasPackage = false;
      await rm(this.home, { recursive: true, force: true });
    });
  }

  async #restart(): Promise<void> {
    await this.#stop();
    if (isStopped(this.#site)) return;
    const siteConfig = objectField(this.#site.properties, "siteConfig");
    const command = startCommand(stringField(siteConfig, "appCommandLine"));
    if (!this.#hasPackage || command === undefined) return;
    const started = await SiteProcess.start({
      azure: this.#azure,
      name: this.#site.name,
      command,
      folder: this.#wwwroot,
      environment: this.#environment(this.home),
      keep: (line) => {
        if (keepsOutput(this.#azure, this.#site))
          keepLine(join(this.home, "LogFiles"), new Date(this.#azure.clock.now()), line);
      },
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
    await stopped?.stop(this.#passesSigterm);
  }

  /** One change at a time: two processes never run at once, and the last change wins. */
  #inOrder(change: () => Promise<void>): Promise<void> {
    const result = this.#changes.take(change);
    result.catch((error: unknown) =>
      this.#azure.log("site-change-failed", { site: this.#site.name, error: String(error) }),
    );
    return result;
  }
}
