import { createAppService } from "./app-service/app-service.ts";
import type { Azure, Endpoints } from "./azure.ts";
import { createEntra } from "./entra/entra.ts";
import { createGithubOidc } from "./entra/github-oidc.ts";
import { createControl } from "./faults/control.ts";
import { createGraph } from "./graph/graph.ts";
import { createHostControl } from "./host-control.ts";
import { createHostEnvironment, type HostEnvironment } from "./host-environment.ts";
import { startHttpsService } from "./https-service.ts";
import { InstanceMetadata } from "./instance-metadata/instance-metadata.ts";
import { createKeyVault } from "./key-vault/key-vault.ts";
import { createMetadata } from "./metadata.ts";
import { plantHost, type PlantedHost } from "./plant-host.ts";
import { createResourceManager } from "./resource-manager/resource-manager.ts";
import type { Tenant } from "./state.ts";
import { startStorageFront } from "./storage/storage-front.ts";

/** The services that are addressed by their own origin. */
export type ServiceName = keyof Endpoints;

/** The tokens of the two services that no Entra tenant issues tokens for. */
export interface OwnTokens {
  /** ACTIONS_ID_TOKEN_REQUEST_TOKEN. */
  readonly oidc: string;
  readonly control: string;
}

/** The running services of one Azure. */
export interface Services {
  readonly hostEnvironment: HostEnvironment;
  plantHost(tenant: Tenant): Promise<PlantedHost>;
  /** Ends the sites and empties the storage. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts every service on a port of its own and calls `listening` with each origin. What has started is ended again when one
 * fails to.
 */
export async function startServices(
  azure: Azure,
  ownTokens: OwnTokens,
  listening: (service: ServiceName, origin: string) => void,
): Promise<Services> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const storage = await startStorageFront(azure);
    closers.push(() => storage.close());
    const appService = createAppService(azure);
    closers.push(() => appService.close());
    const instanceMetadata = new InstanceMetadata(azure);
    closers.push(() => instanceMetadata.close());
    const hostEnvironment = createHostEnvironment(azure, appService, instanceMetadata);
    const keyVault = createKeyVault(azure);
    closers.push(() => keyVault.reset());
    const apps = {
      metadata: createMetadata(azure),
      login: createEntra(azure),
      resourceManager: createResourceManager(azure, appService, keyVault),
      graph: createGraph(azure),
      storage: storage.app,
      keyVault: keyVault.app,
      oidc: createGithubOidc(azure, ownTokens.oidc),
      control: createControl(azure.traffic.faults, ownTokens.control).route(
        "/",
        createHostControl(hostEnvironment),
      ),
    };
    for (const name of Object.keys(apps) as ServiceName[]) {
      const service = await startHttpsService(apps[name], azure.certificate);
      closers.push(() => service.close());
      listening(name, service.origin);
    }
    const reset = async () => {
      await appService.reset();
      await instanceMetadata.close();
      await storage.reset();
      await keyVault.reset();
    };
    return {
      hostEnvironment,
      plantHost: (tenant) => plantHost(azure, appService, hostEnvironment, tenant),
      reset,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
