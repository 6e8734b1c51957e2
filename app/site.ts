import { systemClock } from "cross-tenant-tokens/time";
import { createApp } from "./app.ts";
import type { Settings } from "./env.ts";
import type { Log } from "./request-log.ts";
import { siteTokens } from "./site-tokens.ts";
import { azureBlobStore } from "./storage/azure-blob-store.ts";
import { ContainerClients } from "./storage/container-clients.ts";

const limits = { maxInFlightPerTarget: 32, deadlineMs: 30_000 };

/** Puts the site together and starts to fetch each tenant's token, so that no request waits for it. */
export function startSite(settings: Settings, packageHash: string | undefined, log: Log) {
  const tokens = siteTokens(settings);
  const containers = new ContainerClients((tenantId) => tokens.of(tenantId));
  const app = createApp({
    settings,
    ...(packageHash !== undefined && { packageHash }),
    tokens,
    openStore: (target) => azureBlobStore(target, containers.open(target), systemClock),
    limits,
    clock: systemClock,
    log,
  });
  void tokens.warm(settings.targets.map(({ tenantId }) => tenantId));
  return app;
}
