import { type HttpsService, startHttpsService } from "../http/https-service.ts";
import type { FetchApp } from "../http/request-listener.ts";
import type { Azure } from "../service/azure.ts";
import type { SiteHostNames } from "../service/site-host.ts";
import type { Resource } from "../world/resource-records.ts";
import { createMainFront } from "./main-front.ts";
import { createScmFront } from "./scm-front.ts";
import type { ScmSite } from "./scm-site.ts";
import type { SiteRunner } from "./site-runner.ts";

/** The listeners of a site and of its SCM site, which stay for its life. */
export class SiteFronts {
  readonly #azure: Azure;
  readonly #started: { readonly name: string; readonly service: HttpsService }[] = [];

  private constructor(azure: Azure) {
    this.#azure = azure;
  }

  /** Throws when a kept port is taken. */
  static async start(
    azure: Azure,
    site: Resource,
    scm: ScmSite,
    runner: SiteRunner,
  ): Promise<SiteFronts> {
    const fronts = new SiteFronts(azure);
    try {
      await fronts.#start(
        createMainFront(site, () => runner.listening()),
        `site ${site.id}`,
      );
      const listener = await fronts.#start(
        createScmFront(azure, site, scm, runner.home),
        `SCM of site ${site.id}`,
      );
      await azure.traffic.faults.guard("scm", listener);
    } catch (error) {
      await fronts.close();
      throw error;
    }
    return fronts;
  }

  async #start(app: FetchApp, listenerName: string): Promise<HttpsService> {
    const name = listenerName.toLowerCase();
    const listen = this.#azure.ports?.at(name);
    const service = await startHttpsService(app, this.#azure.certificate, listen);
    this.#started.push({ name, service });
    return service;
  }

  get hosts(): SiteHostNames {
    const [main, scm] = this.#started;
    return { main: `localhost:${main?.service.port}`, scm: `localhost:${scm?.service.port}` };
  }

  /** Closes both, whose addresses nobody gets again. */
  async close(): Promise<void> {
    for (const { name, service } of this.#started) {
      this.#azure.ports?.forget(name);
      this.#azure.traffic.faults.release(service);
    }
    await Promise.all(this.#started.map(({ service }) => service.close()));
  }
}
