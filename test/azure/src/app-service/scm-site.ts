import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Azure } from "../service/azure.ts";
import type { DeploymentProgress } from "../service/site-host.ts";
import {
  type Deployment,
  endDeployment,
  fetchedDeployment,
  temporaryDeployment,
} from "./deployment.ts";

/** A published package, unpacked and not yet in its place. */
export interface FetchedPackage {
  /** Puts it in place of what is there and starts the site. */
  deploy(): Promise<void>;
  /** Whether the site listens, once that is known; undefined for one that is not to run. */
  starts(): Promise<boolean | undefined>;
}

/** Unpacks a package. Throws for an archive that cannot be trusted. */
export type FetchPackage = (zip: Uint8Array) => Promise<FetchedPackage>;

/** The package that runs, as SCM keeps it. */
export interface SitePackage {
  readonly name: string;
  readonly zip: Uint8Array;
}

/** What SCM knows of a site over a restart of everything: deployments that have ended, oldest first, and the package. */
export interface SavedScm {
  readonly deployments: readonly Deployment[];
  readonly package: SitePackage | undefined;
}

/** How long things take. Milliseconds. */
export interface ScmTimes {
  readonly restart: number;
  /** The step before a deployment has its id; at least about 2 s on Linux. */
  readonly fetch: number;
}

/** A push as it goes on. */
interface Push {
  /** The temporary deployment first, then the one that takes its place. */
  current: Deployment;
  readonly trackingId: string | undefined;
}

/** The state of a site's SCM site: its deployments, the package, and whether it is restarting. */
export class ScmSite {
  readonly #azure: Azure;
  readonly #siteName: string;
  readonly #fetch: FetchPackage;
  readonly #times: ScmTimes;
  readonly #deployments = new Map<string, Deployment>();
  readonly #progress = new Map<string, DeploymentProgress>();
  #running: Push | undefined;
  #restarted: NodeJS.Timeout | undefined;
  package: SitePackage | undefined;

  constructor(azure: Azure, siteName: string, fetch: FetchPackage, times: ScmTimes) {
    this.#azure = azure;
    this.#siteName = siteName;
    this.#fetch = fetch;
    this.#times = times;
  }

  get isRestarting(): boolean {
    return this.#restarted !== undefined;
  }

  get isDeploying(): boolean {
    return this.#running !== undefined;
  }

  /** Newest first. */
  get deployments(): Deployment[] {
    return [...this.#deployments.values()].toReversed();
  }

  deployment(id: string): Deployment | undefined {
    return this.#deployments.get(id);
  }

  /** What Resource Manager was told of a deployment; nothing of one whose push did not ask for that. */
  progress(id: string): DeploymentProgress | undefined {
    return this.#progress.get(id);
  }

  save(): SavedScm {
    const ended = [...this.#deployments.values()].filter(({ complete }) => complete);
    return { deployments: ended, package: this.package };
  }

  /** Goes on with what was saved; that the package runs is for the site to see to. */
  resume(saved: SavedScm): void {
    for (const deployment of saved.deployments) this.#deployments.set(deployment.id, deployment);
    this.package = saved.package;
  }

  /** A settings change restarts SCM: it is away for a moment, and the deployment under way is lost with its record. */
  restart(): void {
    if (this.#running !== undefined) this.#deployments.delete(this.#running.current.id);
    this.#running = undefined;
    clearTimeout(this.#restarted);
    this.#restarted = setTimeout(() => (this.#restarted = undefined), this.#times.restart);
    this.#restarted.unref();
  }

  /**
   * Accepts a package. There is a temporary deployment from now on, so that whoever is answered finds one (source:
   * KuduLite, `waitForTempDeploymentCreation`). With `trackingId` its deployment will have that id and be followed in
   * Resource Manager. Resolves with the deployment as it ended.
   */
  deploy(zip: Uint8Array, trackingId?: string): Promise<Deployment> {
    const push: Push = {
      current: temporaryDeployment(this.#siteName, this.#now()),
      trackingId,
    };
    this.#deployments.set(push.current.id, push.current);
    this.#running = push;
    return this.#run(push, zip);
  }

  async #run(push: Push, zip: Uint8Array): Promise<Deployment> {
    // Lost deployments change nothing: the turn of the event loop lets the answer and a restart come first.
    await delay(this.#times.fetch, undefined, { ref: false });
    const isLost = () => this.#running !== push;
    let fetched: FetchedPackage | undefined;
    try {
      if (isLost()) return push.current;
      // A package that cannot be unpacked fails the temporary deployment, and no other is ever made (source as above).
      fetched = await this.#fetch(zip);
      if (isLost()) return push.current;
      this.#replaceTemporary(push);
      await fetched.deploy();
      this.#succeed(push, zip);
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      endDeployment(push.current, this.#now(), failure);
      this.#tell(push, "BuildFailed", failure);
    }
    if (this.#running === push) this.#running = undefined;
    if (push.current.active) void this.#watchStart(push, fetched);
    return push.current;
  }

  #replaceTemporary(push: Push): void {
    this.#deployments.delete(push.current.id);
    push.current = fetchedDeployment(
      push.trackingId ?? randomUUID(),
      this.#siteName,
      push.current.received_time,
    );
    push.current.progress = "Requesting site restart";
    this.#deployments.set(push.current.id, push.current);
    this.#tell(push, "BuildInProgress");
  }

  #succeed(push: Push, zip: Uint8Array): void {
    for (const other of this.#deployments.values()) other.active = false;
    const name = `${this.#now().replaceAll(/\D/g, "").slice(0, 14)}.zip`;
    this.package = { name, zip };
    push.current.active = true;
    endDeployment(push.current, this.#now());
    this.#tell(push, "RuntimeStarting");
  }

  /** Nobody waits for it, nor is answered by it alone. */
  async #watchStart(push: Push, fetched: FetchedPackage | undefined): Promise<void> {
    const starts = await fetched?.starts();
    if (starts === true) this.#tell(push, "RuntimeSuccessful");
    // Azure's text is not known.
    if (starts === false) this.#tell(push, "RuntimeFailed", "the site's container did not start");
  }

  #tell({ trackingId, current }: Push, status: DeploymentProgress["status"], error?: string): void {
    if (trackingId === undefined || current.is_temp) return;
    this.#progress.set(trackingId, { status, ...(error === undefined ? {} : { error }) });
  }

  #now(): string {
    return new Date(this.#azure.clock.now()).toISOString();
  }
}
