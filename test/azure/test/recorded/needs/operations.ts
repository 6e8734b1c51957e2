import type { Exchange } from "../recording.ts";
import { documentsIn, field } from "./documents.ts";
import { type Replay } from "./under-way.ts";
import { ensure } from "./ensure.ts";
import { resourceBodies } from "./resource-bodies.ts";
import { typeOf } from "./resource-path.ts";

const followed = /\/(?:operationresults|asyncoperations|operations|operationResults)\/[^/]+$/i;

/**
 * Begins the operation that a poll follows where the recording begins with the poll: whether a request is one. Those of
 * a machine and a vault are begun by deleting one.
 */
export async function operationNeeds(
  replay: Replay,
  { request, response }: Exchange,
): Promise<boolean> {
  if (!followed.test(new URL(request.url).pathname)) return false;
  if (replay.bindings.operation(request.url) !== undefined) return true;
  const [document] = documentsIn(response.body);
  const id = document?.["id"];
  const [, provider = ""] = /\/providers\/([^/]+)\//.exec(request.url) ?? [];
  const group = `/subscriptions/${replay.world.subscriptionId}/resourceGroups/group`;
  const begun =
    typeof id === "string" && id.startsWith("/subscriptions/")
      ? await put(replay, id, document ?? {})
      : provider === "Microsoft.Compute"
        ? await begin(replay, "DELETE", `${group}/providers/Microsoft.Compute/virtualMachines/vm`)
        : provider === "Microsoft.KeyVault"
          ? await purge(replay, `${group}/providers/Microsoft.KeyVault/vaults/purged`)
          : await begin(replay, "DELETE", group);
  if (begun !== undefined) replay.bindings.bind(request.url, begun);
  return true;
}

async function begin(replay: Replay, method: string, id: string, apiVersion = "2022-09-01") {
  await ensure(replay, id);
  return follow(replay, method, id, resourceBodies[typeOf(id)]?.apiVersion ?? apiVersion);
}

async function put(replay: Replay, recordedId: string, document: Record<string, unknown>) {
  const id = replay.bindings
    .toHere(recordedId)
    .replace(/^\/subscriptions\/[^/]+/, `/subscriptions/${replay.world.subscriptionId}`);
  const body = resourceBodies[typeOf(id)];
  if (body === undefined) return undefined;
  await ensure(replay, id.replace(/\/providers\/.*$/, ""), { location: document["location"] });
  return follow(replay, "PUT", id, body.apiVersion, body.body(document));
}

async function purge(replay: Replay, id: string) {
  await begin(replay, "DELETE", id);
  const deleted = `/subscriptions/${replay.world.subscriptionId}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/purged/purge`;
  return follow(replay, "POST", deleted, "2023-02-01");
}

async function follow(
  { world }: Replay,
  method: string,
  path: string,
  apiVersion: string,
  body?: unknown,
) {
  const url = `${world.azure.endpoints.resourceManager}${path}?api-version=${apiVersion}`;
  const init =
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const { headers } = await world.send("resourceManager", url, init);
  const asked = path.includes("Microsoft.Compute") ? headers.get("azure-asyncoperation") : null;
  return asked ?? headers.get("location") ?? undefined;
}

/** The addresses of operations in an answer, recorded and here. */
export function learnOperations(
  { bindings }: Replay,
  recorded: Readonly<Record<string, string>>,
  here: Headers,
): void {
  for (const name of ["location", "azure-asyncoperation"]) {
    const [theirs, ours] = [field(recorded, name), here.get(name)];
    if (typeof theirs === "string" && ours !== null) bindings.bind(theirs, ours);
  }
}
