import type { FaultService } from "../http/faults/fault.ts";
import { type HttpsService, startHttpsService } from "../http/https-service.ts";
import type { Azure } from "../service/azure.ts";
import type { Endpoints } from "../world/endpoints.ts";
import type { CreatedServices } from "./create-services.ts";

type ServiceName = keyof Endpoints;

/** What faults call the services whose ports they can close. */
const refusableAs: Readonly<Partial<Record<ServiceName, FaultService>>> = {
  metadata: "metadata",
  login: "entra",
  oidc: "oidc",
  graph: "graph",
  resourceManager: "resource-manager",
  storage: "storage",
  keyVault: "key-vault",
};

/**
 * Starts every service at an origin of its own and calls `listening` with it. Returns what stops them all; those that have
 * started are stopped when one fails to.
 */
export async function listenServices(
  azure: Azure,
  apps: CreatedServices["apps"],
  listening: (service: ServiceName, origin: string) => void,
): Promise<() => Promise<void>> {
  const listeners: HttpsService[] = [];
  const stop = async () => {
    await Promise.all(listeners.splice(0).map((listener) => listener.close()));
  };
  try {
    for (const name of Object.keys(apps) as ServiceName[]) {
      const listen = azure.ports?.at(name);
      const listener = await startHttpsService(apps[name], azure.certificate, listen);
      listeners.push(listener);
      const refusable = refusableAs[name];
      if (refusable !== undefined) await azure.traffic.faults.guard(refusable, listener);
      listening(name, listener.origin);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
