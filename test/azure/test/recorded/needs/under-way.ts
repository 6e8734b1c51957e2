import type { Bindings } from "../bindings.ts";
import type { RecordedWorld } from "../recorded-world.ts";
import type { Recording } from "../recording.ts";

/** A replay that is under way: where, and what things are called there. */
export interface Replay {
  readonly world: RecordedWorld;
  readonly bindings: Bindings;
  readonly recording: Recording;
  /** Ids, in lower case, of what was made because the recording finds it there. */
  readonly planted: Set<string>;
  /** Whether a write was not carried out, so that what it changes has to be made from what is read afterwards. */
  stale?: boolean;
  /** The entity tag of the blob that was made last. */
  etag?: string;
}

/** What an exchange needs could not be made here, so that it says nothing of the answer to it. */
export class NeedNotMet extends Error {}

/** Sends a request that makes something. Throws NeedNotMet with the refusal. */
export async function make(
  { world, bindings }: Replay,
  service: "resourceManager" | "graph",
  method: string,
  path: string,
  body: unknown,
): Promise<unknown> {
  const url = `${world.azure.endpoints[service]}${bindings.toHere(path)}`;
  const text = bindings
    .toHere(JSON.stringify(body))
    .replaceAll("{tenant}", world.tenantId)
    .replaceAll("{subscription}", world.subscriptionId);
  const headers = { "content-type": "application/json" };
  const response = await world.send(service, url, { method, body: text, headers });
  const answer = await response.text();
  if (!response.ok) throw new NeedNotMet(`${method} ${path}: ${response.status} ${answer}`);
  return answer === "" ? undefined : JSON.parse(answer);
}
