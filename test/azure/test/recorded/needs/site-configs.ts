import type { Exchange } from "../recording.ts";
import { field } from "./documents.ts";
import { make, type Replay } from "./under-way.ts";

/** Parts of a site's configuration that are written whole. */
const written =
  /(\/sites\/[^/]+)\/config\/(?:appsettings|connectionstrings|azurestorageaccounts|metadata|authsettings|slotConfigNames|logs)(?:\/list)?$/i;

/** Writes what a part of the configuration of a site that was made for the recording is read as, unless that is empty. */
export async function configNeeds(replay: Replay, { request, response }: Exchange): Promise<void> {
  const path = new URL(request.url).pathname.replace(
    /^\/subscriptions\/[^/]+/,
    `/subscriptions/${replay.world.subscriptionId}`,
  );
  const site = path.replace(/(\/sites\/[^/]+).*$/i, "$1").toLowerCase();
  if (response.status !== 200 || request.method === "PUT" || !written.test(path)) return;
  if (!replay.planted.has(site)) return;
  const properties = field(response.body, "properties");
  const values = Object.values({ ...(properties as object | undefined) });
  if (values.every((value) => value === null)) return;
  const id = path.replace(/\/list$/, "");
  await make(replay, "resourceManager", "PUT", `${id}?api-version=2022-03-01`, { properties });
}
