import { createAppService } from "./app-service/app-service.ts";
import type { Azure, Endpoints } from "./azure.ts";
import { createEntra } from "./entra/entra.ts";
import { createGithubOidc } from "./entra/github-oidc.ts";
import { createControl } from "./faults/control.ts";
import type { RefusableService } from "./faults/fault.ts";
import { createGraph } from "./graph/graph.ts";
import { createHostControl } from "./host-control.ts";
import { createHostEnvironment, type HostEnvironment } from "./host-environment.ts";
import { startHttpsService, type HttpsService } from "./https-service.ts";
import { InstanceMetadata } from "./instance-metadata/instance-metadata.ts";
import { createKeyVault } from "./key-vault/key-vault.ts";
import { startLocalhostProxy } from "./localhost-proxy.ts";
import { createMetadata } from "./metadata.ts";
import { resumeHosts } from "./persistence/resume-hosts.ts";
import type { Saved } from "./persistence/saved.ts";
import type { StateFolder } from "./persistence/state-folder.ts";
import { plantHost, type PlantedHost } from "./plant-host.ts";
import { createResourceManager } from "./resource-manager/resource-manager.ts";
import type { Tenant } from "./state.ts";
import type { Azurite } from "./storage/azurite.ts";
import { createStorageFront } from "./storage/storage-front.ts";

/** The services that are addressed by their own origin. */
export type ServiceName = keyof Endpoints;

/** The tokens of the two services that no Entra tenant issues tokens for. */
export interface OwnTokens {
  /** ACTIONS_ID_TOKEN_REQUEST_TOKEN. */
  readonly oidc: string;
  readonly control: string;
}

/** What faults call the services whose port they can close. */
const refusableAs: Readonly<Partial<Record<ServiceName, RefusableService>>> = {
  metadata: "metadata",
  login: "entra",
  oidc: "oidc",
  graph: "graph",
  resourceManager: "resource-manager",
  storage: "storage",
};

/** The running services of one Azure. */
export interface Services {
  readonly hostEnvironment: HostEnvironment;
  /** Origin of the proxy for names under localhost. */
  readonly proxy: string;
  plantHost(tenant: Tenant): Promise<PlantedHost>;
  /** Ends the sites and empties the storage. */
  reset(): Promise<void>;
  /** What the services know that is not in the state. */
  save(): Pick<Saved, "blobAccounts" | "sites">;
  /** Takes no more requests at the services' own origins. */
  stopListening(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts every service on a port of its own and calls `listening` with each origin; with a folder, blobs are kept there
 * and what it has saved goes on. What has started is ended again when one fails to.
 */
export async function startServices(
  azure: Azure,
  ownTokens: OwnTokens,
  azurite: Azurite,
  folder: StateFolder | undefined,
  listening: (service: ServiceName, origin: string) => void,
): Promise<Services> {
  const closers: (() => Promise<void>)[] = [];
  const listeners: HttpsService[] = [];
  const stopListening = async () => {
    await Promise.all(listeners.splice(0).map((listener) => listener.close()));
  };
  const close = async () => {
    await stopListening();
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const storage = await createStorageFront(azure, azurite, folder?.saved?.blobAccounts);
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
      const listen = azure.ports?.at(name);
      const listener = await startHttpsService(apps[name], azure.certificate, listen);
      listeners.push(listener);
      const refusable = refusableAs[name];
      if (refusable !== undefined) azure.traffic.faults.guard(refusable, listener);
      listening(name, listener.origin);
    }
    const proxy = await startLocalhostProxy(azure.ports?.at("proxy"));
    closers.push(() => proxy.close());
    const hosts = { appService, instanceMetadata, keyVault };
    if (folder?.saved !== undefined) await resumeHosts(azure, hosts, folder.saved);
    const reset = async () => {
      await appService.reset();
      await instanceMetadata.close();
      await storage.reset();
      await keyVault.reset();
    };
    return {
      hostEnvironment,
      proxy: proxy.origin,
      plantHost: (tenant) => plantHost(azure, appService, hostEnvironment, tenant),
      reset,
      save: () => ({ blobAccounts: storage.save(), sites: appService.save() }),
      stopListening,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
