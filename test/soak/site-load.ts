import { setTimeout as delay } from "node:timers/promises";

/** Small blobs, so that what is measured is the way to storage and not storage. */
const content = "x".repeat(1024);
const blobToRead = "read-me";
/** So many that no two writes of one blob overlap: they would throw away each other's blocks, as on Azure. */
const blobsToWrite = 200;
/** Longer than any deadline of the site: its own answer counts. */
const patienceMilliseconds = 60_000;
/** Keeps a machine that cannot follow from drowning in requests that wait. */
const maxInFlight = 32;

export interface LoadOptions {
  readonly siteUrl: string;
  readonly targets: readonly string[];
  /** Requests a second. */
  readonly rate: number;
}

/** Requests to the deployed site, at a fixed rate whatever the site does, over all targets: put, list, get. */
export class SiteLoad {
  readonly #options: LoadOptions;
  readonly #inFlight = new Set<Promise<void>>();
  /** Milliseconds of each request that has ended. */
  readonly latencies: number[] = [];
  /** Requests that failed, by the site's error code, the status or the socket's error. */
  readonly failures = new Map<string, number>();
  /** Requests that were due but not sent, because 32 were waiting for their answers. */
  unsent = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  get requests(): number {
    return this.latencies.length;
  }

  get failed(): number {
    return [...this.failures.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Writes the blobs that will be read; throws when the site refuses. */
  async prepare(): Promise<void> {
    for (const target of this.#options.targets) {
      const failure = await this.#put(target, blobToRead);
      if (failure !== undefined) throw new Error(`the site cannot write to ${target}: ${failure}`);
    }
  }

  /** Sends until `signal` fires, and returns when the last answer is there. */
  async run(signal: AbortSignal): Promise<void> {
    const begun = performance.now();
    for (let due = 0; !signal.aborted; due += 1) {
      const early = begun + (due * 1000) / this.#options.rate - performance.now();
      if (early > 0) await delay(early, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) break;
      if (this.#inFlight.size < maxInFlight) this.#send(due);
      else this.unsent += 1;
    }
    await Promise.all(this.#inFlight);
  }

  #send(due: number): void {
    const begun = performance.now();
    const request = this.#request(due).then((failure) => {
      this.latencies.push(performance.now() - begun);
      if (failure !== undefined) this.failures.set(failure, (this.failures.get(failure) ?? 0) + 1);
      this.#inFlight.delete(request);
    });
    this.#inFlight.add(request);
  }

  /** What went wrong, if anything did. */
  #request(due: number): Promise<string | undefined> {
    const { targets } = this.#options;
    const round = Math.floor(due / 3);
    const target = targets[round % targets.length] ?? "";
    const blob = Math.floor(round / targets.length) % blobsToWrite;
    if (due % 3 === 0) return this.#put(target, `written-${blob}`);
    if (due % 3 === 1) return this.#ask(`${target}/blobs`, (body) => body.includes(blobToRead));
    return this.#ask(`${target}/blobs/${blobToRead}`, (body) => body === content);
  }

  #put(target: string, blob: string): Promise<string | undefined> {
    return this.#ask(`${target}/blobs/${blob}`, () => true, { method: "PUT", body: content });
  }

  async #ask(
    path: string,
    isRight: (body: string) => boolean,
    init: RequestInit = {},
  ): Promise<string | undefined> {
    try {
      const url = `${this.#options.siteUrl}/api/targets/${path}`;
      const signal = AbortSignal.timeout(patienceMilliseconds);
      const response = await fetch(url, { ...init, signal });
      const body = await response.text();
      if (!response.ok) return /"code":"(\w+)"/.exec(body)?.[1] ?? `status ${response.status}`;
      return isRight(body) ? undefined : "wrong content";
    } catch (error) {
      const { name, cause } = error as Error;
      return (cause as NodeJS.ErrnoException | undefined)?.code ?? name;
    }
  }
}
