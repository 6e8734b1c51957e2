import { randomUUID } from "node:crypto";
import type { Azure } from "../service/azure.ts";

/** Kudu's DeployStatus (https://github.com/projectkudu/kudu, Kudu.Contracts/Deployment/DeployStatus.cs). */
const deployStatus = {
  pending: 0,
  building: 1,
  deploying: 2,
  failed: 3,
  success: 4,
} as const;

/** One deployment as `GET /api/deployments/{id}` answers it. */
export interface Deployment {
  readonly id: string;
  status: number;
  status_text: string;
  message: string;
  readonly deployer: string;
  readonly received_time: string;
  end_time: string | null;
  complete: boolean;
  active: boolean;
}

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

/** The state of a site's SCM site: its deployments, the package, and whether it is restarting. */
export class ScmSite {
  readonly #azure: Azure;
  readonly #publish: (zip: Uint8Array) => Promise<void>;
  readonly #restartMilliseconds: number;
  readonly #deployments = new Map<string, Deployment>();
  #running: Deployment | undefined;
  #restarted: NodeJS.Timeout | undefined;
  package: SitePackage | undefined;

  constructor(
    azure: Azure,
    publish: (zip: Uint8Array) => Promise<void>,
    restartMilliseconds: number,
  ) {
    this.#azure = azure;
    this.#publish = publish;
    this.#restartMilliseconds = restartMilliseconds;
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
    if (this.#running !== undefined) this.#deployments.delete(this.#running.id);
    this.#running = undefined;
    clearTimeout(this.#restarted);
    this.#restarted = setTimeout(() => (this.#restarted = undefined), this.#restartMilliseconds);
    this.#restarted.unref();
  }

  /** Accepts a package; what becomes of it is told by the deployment it returns, which is complete when `ended` is settled. */
  deploy(zip: Uint8Array, deployer: string): { deployment: Deployment; ended: Promise<void> } {
    const deployment: Deployment = {
      id: randomUUID(),
      status: deployStatus.pending,
      status_text: "",
      message: "OneDeploy",
      deployer,
      received_time: this.#now(),
      end_time: null,
      complete: false,
      active: false,
    };
    this.#deployments.set(deployment.id, deployment);
    this.#running = deployment;
    return { deployment, ended: this.#run(deployment, zip) };
  }

  async #run(deployment: Deployment, zip: Uint8Array): Promise<void> {
    // Lost deployments change nothing: the turn of the event loop lets the answer and a restart come first.
    await new Promise(setImmediate);
    if (this.#running !== deployment) return;
    deployment.status = deployStatus.deploying;
    try {
      await this.#publish(zip);
      for (const other of this.#deployments.values()) other.active = false;
      const name = `${this.#now().replaceAll(/\D/g, "")}-${deployment.id.slice(0, 8)}.zip`;
      this.package = { name, zip };
      deployment.active = true;
      deployment.status = deployStatus.success;
    } catch (error) {
      deployment.status = deployStatus.failed;
      deployment.status_text = error instanceof Error ? error.message : String(error);
    }
    deployment.complete = true;
    deployment.end_time = this.#now();
    if (this.#running === deployment) this.#running = undefined;
  }

  #now(): string {
    return new Date(this.#azure.clock.now()).toISOString();
  }
}
