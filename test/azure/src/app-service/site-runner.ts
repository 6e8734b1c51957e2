import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { objectField, stringField } from "../base/json.ts";
import { Turns } from "../base/turns.ts";
import type { Azure } from "../service/azure.ts";
import type { Resource } from "../world/resource-records.ts";
import { isStopped, startCommand } from "../world/resources/site-config.ts";
import { unpackSite } from "./site-package.ts";
import { SiteProcess } from "./site-process.ts";

/** Keeps a site that fails at its start from taking a whole processor. */
const crashPauseMilliseconds = 500;

/** Runs the package of a site that was published last, in one process at a time. */
export class SiteRunner {
  readonly #azure: Azure;
  readonly #site: Resource;
  readonly #folder: string;
  readonly #environment: (home: string) => Record<string, string>;
  #content: string | undefined;
  #process: SiteProcess | undefined;
  readonly #changes = new Turns();

  private constructor(
    azure: Azure,
    site: Resource,
    folder: string,
    environment: (home: string) => Record<string, string>,
  ) {
    this.#azure = azure;
    this.#site = site;
    this.#folder = folder;
    this.#environment = environment;
  }

  /** Runs nothing yet. `environment` is what each process gets, by the site's own folder. */
  static async create(
    azure: Azure,
    site: Resource,
    environment: (home: string) => Record<string, string>,
  ): Promise<SiteRunner> {
    const folder = await mkdtemp(join(tmpdir(), "local-azure-site-"));
    return new SiteRunner(azure, site, folder, environment);
  }

  /** Where the process listens, after the changes that were asked for before. Undefined when none is to run. */
  async listening(): Promise<number | undefined> {
    await this.#changes.take(() => Promise.resolve());
    const running = this.#process;
    await running?.started;
    return running === this.#process ? running?.port : this.listening();
  }

  /** Takes a package that the next restart runs. Throws for an archive that cannot be trusted. */
  async load(zip: Uint8Array): Promise<void> {
    this.#content = await unpackSite(zip, this.#folder);
  }

  /** Puts a package in place of the one before and runs it. Throws for an archive that cannot be trusted. */
  publish(zip: Uint8Array): Promise<void> {
    return this.#inOrder(async () => {
      const previous = this.#content;
      await this.load(zip);
      await this.#restart();
      if (previous !== undefined) await rm(previous, { recursive: true, force: true });
    });
  }

  /** Resolves when the process before has ended and another runs, if the site is to run at all. */
  restart(): Promise<void> {
    return this.#inOrder(() => this.#restart());
  }

  /** Ends the process and forgets the package. */
  close(): Promise<void> {
    return this.#inOrder(async () => {
      await this.#stop();
      this.#content = undefined;
      await rm(this.#folder, { recursive: true, force: true });
    });
  }

  async #restart(): Promise<void> {
    await this.#stop();
    if (isStopped(this.#site)) return;
    const siteConfig = objectField(this.#site.properties, "siteConfig");
    const command = startCommand(stringField(siteConfig, "appCommandLine"));
    if (this.#content === undefined || command === undefined) return;
    const started = await SiteProcess.start({
      azure: this.#azure,
      name: this.#site.name,
      command,
      folder: this.#content,
      environment: this.#environment(this.#folder),
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

  /** One change at a time: two processes never run at once, and the last change wins. */
  #inOrder(change: () => Promise<void>): Promise<void> {
    const result = this.#changes.take(change);
    result.catch((error: unknown) =>
      this.#azure.log("site-change-failed", { site: this.#site.name, error: String(error) }),
    );
    return result;
  }
}
