import { booleanField, objectField, stringField } from "../base/json.ts";
import type { Resource } from "../world/resource-records.ts";
import { isStopped } from "../world/resources/site-config.ts";
import { frontHeaders } from "./front-headers.ts";

/** How often the platform itself asks a site. Milliseconds. */
export interface PingTimes {
  /** Always On: five minutes (https://learn.microsoft.com/azure/app-service/configure-common, general settings). */
  readonly alwaysOn: number;
  /** Health check: one minute (https://learn.microsoft.com/azure/app-service/monitor-instances-health-check). */
  readonly healthCheck: number;
}

/**
 * What the platform asks a site from inside, past its access restrictions: `GET /` for Always On, which takes no other path, and
 * the health check's path. What is answered changes nothing here, where a site has one instance that cannot be replaced.
 */
export class SitePings {
  readonly #site: Resource;
  readonly #port: () => Promise<number | undefined>;
  readonly #timers: readonly NodeJS.Timeout[];

  constructor(site: Resource, port: () => Promise<number | undefined>, times: PingTimes) {
    this.#site = site;
    this.#port = port;
    const alwaysOn = () => this.#alwaysOn();
    const healthCheck = () => this.#healthCheck();
    this.#timers = [
      setInterval(alwaysOn, times.alwaysOn).unref(),
      setInterval(healthCheck, times.healthCheck).unref(),
    ];
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #alwaysOn(): void {
    const config = objectField(this.#site.properties, "siteConfig");
    if (booleanField(config, "alwaysOn") === true) this.#ask("/", "AlwaysOn");
  }

  #healthCheck(): void {
    const config = objectField(this.#site.properties, "siteConfig");
    const path = stringField(config, "healthCheckPath") ?? "";
    if (path.startsWith("/")) this.#ask(path, "HealthCheck/1.0");
  }

  #ask(path: string, userAgent: string): void {
    if (isStopped(this.#site)) return;
    // A site that does not answer is not known by this, and nobody waits for it.
    this.#send(path, userAgent).catch(() => undefined);
  }

  async #send(path: string, userAgent: string): Promise<void> {
    const port = await this.#port();
    if (port === undefined) return;
    const headers = frontHeaders(new Headers({ "user-agent": userAgent }), this.#site, {
      hostName: this.#site.name,
      clientAddress: "127.0.0.1",
      clientPort: port,
      url: path,
    });
    const signal = AbortSignal.timeout(30_000);
    const init = { headers, signal, redirect: "manual" } as const;
    await (await fetch(`http://127.0.0.1:${port}${path}`, init)).body?.cancel();
  }
}
