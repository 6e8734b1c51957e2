import type { Exchange } from "../recording.ts";
import { blobNeeds } from "./blobs.ts";
import { directoryNeeds } from "./directory.ts";
import { machineNeeds } from "./machine.ts";
import { resourceNeeds } from "./resources.ts";
import type { Replay } from "./under-way.ts";
import { vaultNeeds } from "./vaults.ts";

/**
 * Makes what was there before an exchange, as far as its request and its recorded answer tell: the group and the plan of a
 * site that is read, the application of a credential. What is there already stays as it is.
 */
export async function meetNeeds(replay: Replay, exchange: Exchange): Promise<void> {
  const { hostname } = new URL(exchange.request.url);
  if (hostname === "management.azure.com") await resourceNeeds(replay, exchange);
  if (hostname === "graph.microsoft.com") await directoryNeeds(replay, exchange);
  if (hostname.endsWith(".vault.azure.net")) await vaultNeeds(replay, exchange);
  if (hostname === "instance-metadata.invalid") await machineNeeds(replay);
  if (hostname.endsWith(".blob.core.windows.net")) await blobNeeds(replay, exchange);
}
