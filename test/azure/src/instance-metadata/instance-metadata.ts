import { type HttpService, startHttpService } from "../http/http-service.ts";
import type { Azure } from "../service/azure.ts";
import type { IssueManagedIdentityToken } from "../service/token-issuer.ts";
import { createMachineEndpoint } from "./machine-endpoint.ts";

/** Name of the listener of a virtual machine, by its id. */
export function machineListener(machineId: string): string {
  return `virtual machine ${machineId.toLowerCase()}`;
}

/**
 * The instance metadata services of the virtual machines. On Azure each machine reaches its own at one link-local address
 * and the request carries no secret; here each has a loopback port of its own, for the process that plays the machine.
 */
export class InstanceMetadata {
  readonly #azure: Azure;
  readonly #issueToken: IssueManagedIdentityToken;
  /** By the machine's id in lower case. */
  readonly #services = new Map<string, Promise<HttpService>>();

  constructor(azure: Azure, issueToken: IssueManagedIdentityToken) {
    this.#azure = azure;
    this.#issueToken = issueToken;
  }

  /** AZURE_POD_IDENTITY_AUTHORITY_HOST for one machine; starts listening when first asked. */
  async origin(machineId: string): Promise<string> {
    const key = machineId.toLowerCase();
    let service = this.#services.get(key);
    if (service === undefined) {
      service = this.#start(key);
      this.#services.set(key, service);
      // One whose port is taken is not there to be closed, and may be asked for again.
      service.catch(() => this.#services.delete(key));
    }
    return (await service).origin;
  }

  async close(): Promise<void> {
    const services = [...this.#services.values()];
    this.#services.clear();
    for (const starting of services) {
      const service = await starting;
      this.#azure.traffic.faults.release(service);
      await service.close();
    }
  }

  async #start(machineId: string): Promise<HttpService> {
    const app = createMachineEndpoint(this.#azure, this.#issueToken, machineId);
    const service = await startHttpService(app, this.#azure.ports?.at(machineListener(machineId)));
    await this.#azure.traffic.faults.guard("instance-metadata", service);
    return service;
  }
}
