import type { HostedSite } from "./hosted-site.ts";

/** The sites that listen, and those that are about to, by their resource ids in whatever case. */
export class HostedSites {
  readonly #open = new Map<string, HostedSite>();
  readonly #opening = new Map<string, Promise<HostedSite>>();

  /** A site, when it listens. Undefined for one that nobody has opened. */
  find(siteId: string): Promise<HostedSite> | undefined {
    const key = siteId.toLowerCase();
    const open = this.#open.get(key);
    return this.#opening.get(key) ?? (open && Promise.resolve(open));
  }

  /** Those that listen, by their ids in lower case. */
  open(): ReadonlyMap<string, HostedSite> {
    return this.#open;
  }

  /** A site, opened unless it is, however many ask for it at once. */
  async findOrOpen(siteId: string, open: () => Promise<HostedSite>): Promise<HostedSite> {
    const key = siteId.toLowerCase();
    const found = this.find(key);
    if (found !== undefined) return found;
    const opened = open();
    this.#opening.set(key, opened);
    const isStillWanted = () => this.#opening.get(key) === opened;
    try {
      const site = await opened;
      if (isStillWanted()) this.#open.set(key, site);
      return site;
    } finally {
      if (isStillWanted()) this.#opening.delete(key);
    }
  }

  /** Forgets a site at once, so that another may have its id, and resolves when it is closed. */
  async remove(siteId: string): Promise<void> {
    const key = siteId.toLowerCase();
    const found = this.find(key);
    this.#opening.delete(key);
    this.#open.delete(key);
    await (await found)?.close();
  }

  async removeAll(): Promise<void> {
    const keys = new Set([...this.#opening.keys(), ...this.#open.keys()]);
    await Promise.all([...keys].map((key) => this.remove(key)));
  }
}
