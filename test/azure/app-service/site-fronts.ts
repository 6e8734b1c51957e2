import type { Azure } from "../azure.ts";
import { startHttpsService, type HttpsService } from "../https-service.ts";
import type { Resource } from "../state.ts";
import type { SiteHosts } from "./app-service.ts";
import { createMainFront } from "./main-front.ts";
import { createScmFront } from "./scm-front.ts";
import type { ScmSite } from "./scm-site.ts";

/** The listeners of a site and of its SCM site, which stay for its life. */
export class SiteFronts {
  readonly #azure: Azure;
  readonly #started: { readonly name: string; readonly service: HttpsService }[] = [];

  private constructor(azure: Azure) {
    this.#azure = azure;
  }

  /** `processPort` is where the site's process listens, undefined while there is none. Throws when a kept port is taken. */
  static async start(
    azure: Azure,
    site: Resource,
    scm: ScmSite,
    processPort: () => number | undefined,
  ): Promise<SiteFronts> {
    const fronts = new SiteFronts(azure);
    const apps = [createMainFront(site, processPort), createScmFront(azure, site, scm)];
    const names = [`site ${site.id}`, `SCM of site ${site.id}`];
    try {
      for (const [index, app] of apps.entries())
        await fronts.#start(app, (names[index] ?? "").toLowerCase());
    } catch (error) {
      await fronts.close();
      throw error;
    }
    return fronts;
  }

  async #start(app: Parameters<typeof startHttpsService>[0], name: string): Promise<void> {
    const listen = this.#azure.ports?.at(name);
    const service = await startHttpsService(app, this.#azure.certificate, listen);
    this.#started.push({ name, service });
  }

  get hosts(): SiteHosts {
    const [main, scm] = this.#started;
    return { main: `localhost:${main?.service.port}`, scm: `localhost:${scm?.service.port}` };
  }

  /** Closes both, whose addresses nobody gets again. */
  async close(): Promise<void> {
    for (const { name } of this.#started) this.#azure.ports?.forget(name);
    await Promise.all(this.#started.map(({ service }) => service.close()));
  }
}
