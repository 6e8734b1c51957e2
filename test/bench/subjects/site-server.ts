import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { systemClock } from "cross-tenant-tokens/time";
import { createApp } from "../../../app/app.ts";
import { parseEnvironment, type Settings } from "../../../app/env.ts";
import { siteTokens } from "../../../app/site-tokens.ts";
import { azureBlobStore } from "../../../app/storage/azure-blob-store.ts";
import { ContainerClients } from "../../../app/storage/container-clients.ts";
import type { Target } from "../../../app/target.ts";
import { environment } from "../../app/settings.ts";
import { instantStorage } from "../instant-storage.ts";
import { plainCredential } from "../plain-composition.ts";
import { ownSide } from "../side.ts";

// SIDE: the site's own routes over the real storage client, whose transport answers at once.
const settings = parseEnvironment({ ...environment(), ...process.env });
const tokens = siteTokens(settings);
const transport = { httpClient: instantStorage() };
const open = openContainers(settings);
const app = createApp({
  settings,
  tokens,
  openStore: (target) => azureBlobStore(target, open(target), systemClock),
  // The load generator has more connections than the site lets through for one target.
  limits: { maxInFlightPerTarget: 1000, deadlineMs: 30_000 },
  clock: systemClock,
  log: () => undefined,
});
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }: AddressInfo) => {
  process.send?.({ port });
});
process.once("disconnect", () => process.exit());

function openContainers({ authorityHost }: Settings): (target: Target) => ContainerClient {
  const side = ownSide();
  if (side === "plain") {
    return ({ tenantId, blobEndpoint, container }) =>
      new BlobServiceClient(
        blobEndpoint,
        plainCredential(tenantId, authorityHost),
        transport,
      ).getContainerClient(container);
  }
  const fixed = { getToken: () => Promise.resolve("static"), reject: () => undefined };
  const clients = new ContainerClients(
    (tenantId) => (side === "static" ? fixed : tokens.of(tenantId)),
    transport,
  );
  return (target) => clients.open(target);
}
