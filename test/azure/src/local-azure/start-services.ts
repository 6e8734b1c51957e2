import { startLocalhostProxy } from "../http/localhost-proxy.ts";
import type { Azure } from "../service/azure.ts";
import type { Azurite } from "../storage/azurite/azurite.ts";
import { createStorageFront } from "../storage/storage.ts";
import type { Tenant } from "../world/directory-records.ts";
import type { Endpoints } from "../world/endpoints.ts";
import type { HostEnvironment } from "./control/host-environment.ts";
import { createServices } from "./create-services.ts";
import { listenServices } from "./listen-services.ts";
import { resumeHosts } from "./persistence/resume-hosts.ts";
import type { OwnTokens, Saved } from "./persistence/saved.ts";
import type { StateFolder } from "./persistence/state-folder.ts";
import { type PlantedHost, plantHost } from "./seed/plant-host.ts";

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
  listening: (service: keyof Endpoints, origin: string) => void,
): Promise<Services> {
  const storage = await createStorageFront(azure, azurite, folder?.saved?.blobAccounts);
  const { apps, hosts, hostEnvironment } = createServices(azure, storage, ownTokens);
  const { appService, instanceMetadata, keyVault } = hosts;
  const closers = [
    () => appService.close(),
    () => instanceMetadata.close(),
    () => keyVault.reset(),
  ];
  const close = async () => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const stopListening = await listenServices(azure, apps, listening);
    closers.push(stopListening);
    const proxy = await startLocalhostProxy(azure.ports?.at("proxy"));
    closers.push(() => proxy.close());
    if (folder?.saved !== undefined) await resumeHosts(azure, hosts, folder.saved);
    return {
      hostEnvironment,
      proxy: proxy.origin,
      plantHost: (tenant) => plantHost(azure, appService, hostEnvironment, tenant),
      async reset() {
        await appService.reset();
        await instanceMetadata.close();
        await storage.reset();
        await keyVault.reset();
      },
      save: () => ({ blobAccounts: storage.save(), sites: appService.save() }),
      stopListening,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
