import type { Exchange } from "../recording.ts";
import { documentsIn, field } from "./documents.ts";
import { ensure } from "./ensure.ts";
import { NeedNotMet, type Replay } from "./under-way.ts";

/** Deletes the vaults that a request or its answer knows as deleted, having made them where they were. */
export async function deletedVaultNeeds(
  replay: Replay,
  { request, response }: Exchange,
): Promise<void> {
  const path = new URL(request.url).pathname;
  const [, location, name] = /\/locations\/([^/]+)\/deletedVaults\/([^/]+)/i.exec(path) ?? [];
  if (response.status >= 300) return;
  if (location !== undefined && name !== undefined)
    await deleted(replay, vaultId(replay, name), location);
  if (/\/deletedVaults$/i.test(path))
    for (const { properties } of documentsIn(response.body))
      await deleted(
        replay,
        String(field(properties, "vaultId")),
        String(field(properties, "location")),
      );
  if (field(field(request.body, "properties"), "createMode") === "recover")
    await deleted(replay, path, String(field(request.body, "location")));
}

function vaultId({ world }: Replay, name: string): string {
  return `/subscriptions/${world.subscriptionId}/resourceGroups/vaults/providers/Microsoft.KeyVault/vaults/${name}`;
}

async function deleted(replay: Replay, recordedId: string, location: string): Promise<void> {
  const { world } = replay;
  const id = recordedId.replace(
    /^\/subscriptions\/[^/]+/,
    `/subscriptions/${world.subscriptionId}`,
  );
  if (world.azure.state.deletedVaults.has(id.split("/").at(-1)?.toLowerCase() ?? "")) return;
  await ensure(replay, id, { location });
  const url = `${world.azure.endpoints.resourceManager}${id}?api-version=2023-02-01`;
  const response = await world.send("resourceManager", url, { method: "DELETE" });
  if (!response.ok)
    throw new NeedNotMet(`DELETE ${id}: ${response.status} ${await response.text()}`);
}
