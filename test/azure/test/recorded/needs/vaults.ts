import type { JsonObject } from "../../../src/base/json.ts";
import type { Exchange } from "../recording.ts";
import { documentsIn, given } from "./documents.ts";
import { ensure } from "./ensure.ts";
import { NeedNotMet, type Replay } from "./under-way.ts";

/** What a request to a vault needs: the vault, its secrets as an answer shows them, deleted where they were. */
export async function vaultNeeds(replay: Replay, { request, response }: Exchange): Promise<void> {
  const { hostname, pathname } = new URL(request.url);
  const [name = ""] = hostname.split(".");
  const { subscriptionId } = replay.world;
  const vault = `/subscriptions/${subscriptionId}/resourceGroups/vaults/providers/Microsoft.KeyVault/vaults/${name}`;
  if (!hasVault(replay, name)) await ensure(replay, vault);
  if (response.status === 401) return;
  const [collection, secret] = pathname.split("/").slice(1);
  const wasDeleted =
    (collection === "deletedsecrets" && response.status < 300) || response.status === 409;
  const [shown] = documentsIn(response.body);
  if (collection === "secrets" && response.status === 200)
    for (const document of documentsIn(response.body)) {
      const { id } = document;
      if (request.method !== "PUT" && typeof id === "string")
        await set(replay, name, id.split("/")[4] ?? "", document);
    }
  if (collection === "deletedsecrets" && response.status === 400)
    await set(replay, name, secret ?? "");
  if (!wasDeleted || secret === undefined) return;
  await set(replay, name, secret, shown);
  await send(replay, name, "DELETE", `/secrets/${secret}`);
}

function hasVault({ world }: Replay, name: string): boolean {
  return [...world.azure.state.resources.values()].some(
    (resource) => resource.type === "Microsoft.KeyVault/vaults" && resource.name === name,
  );
}

/** Sets a secret, unless it is there or was deleted. */
async function set(
  replay: Replay,
  vault: string,
  name: string,
  document?: JsonObject,
): Promise<void> {
  const { secrets, deletedSecrets } = replay.world.azure.state;
  const known = (store: ReadonlyMap<string, unknown>) =>
    [...store.keys()].some((key) => key.endsWith(`/${vault}/secrets/${name}`.toLowerCase()));
  if (known(secrets) || known(deletedSecrets)) return;
  await send(replay, vault, "PUT", `/secrets/${name}`, {
    value: "value",
    ...given(document, ["tags", "contentType"]),
    attributes: given(document?.["attributes"], ["exp", "nbf"]),
  });
}

async function send(
  { world }: Replay,
  vault: string,
  method: string,
  path: string,
  body?: unknown,
) {
  const { port } = new URL(world.azure.endpoints.keyVault);
  const url = `https://${vault}.vault.localhost:${port}${path}?api-version=7.4`;
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const headers = { "content-type": "application/json" };
  const response = await world.send("keyVault", url, { ...init, headers });
  // A secret that was deleted before stays so.
  if (!response.ok && response.status !== 404 && response.status !== 409)
    throw new NeedNotMet(`${method} ${url}: ${response.status} ${await response.text()}`);
}
