import { createAppService } from "./app-service/app-service.ts";
import type { Azure, Endpoints } from "./azure.ts";
import { createEntra } from "./entra/entra.ts";
import { createGithubOidc } from "./entra/github-oidc.ts";
import { createGraph } from "./graph/graph.ts";
import { startHttpsService } from "./https-service.ts";
import { createMetadata } from "./metadata.ts";
import { createResourceManager } from "./resource-manager/resource-manager.ts";
import { startStorageFront } from "./storage/storage-front.ts";

/** The services that are addressed by their own origin. */
export type ServiceName = keyof Endpoints;

/** The running services of one Azure. */
export interface Services {
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
  requestToken: string,
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
    const apps = {
      metadata: createMetadata(azure),
      login: createEntra(azure),
      resourceManager: createResourceManager(azure, appService),
      graph: createGraph(azure),
      storage: storage.app,
      oidc: createGithubOidc(azure, requestToken),
    };
    for (const name of Object.keys(apps) as ServiceName[]) {
      const service = await startHttpsService(apps[name], azure.certificate);
      closers.push(() => service.close());
      listening(name, service.origin);
    }
    const reset = async () => {
      await appService.reset();
      await storage.reset();
    };
    return { reset, close };
  } catch (error) {
    await close();
    throw error;
  }
}
