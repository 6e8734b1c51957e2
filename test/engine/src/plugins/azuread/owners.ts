import { type Properties, textOf } from "../../grpc/properties.ts";
import { during } from "./graph-error.ts";
import type { Graph } from "./graph.ts";
import { idList } from "./object-ids.ts";

/** The owners of an object, in a stable order: `owners` is a set. */
export async function ownerIds(graph: Graph, path: string): Promise<string[]> {
  const owners = await graph.list(`${path}/owners`);
  return owners.map((owner) => textOf(owner, "id")).sort();
}

/**
 * The owners with which an object is made: whoever makes it, then those that it shall have (Create in azuread's
 * application_resource.go and service_principal_resource.go).
 */
export async function firstOwners(graph: Graph, inputs: Properties): Promise<string[]> {
  const caller = await graph.callerId();
  const others = idList(inputs, "owners").filter((id) => !isSame(id, caller));
  return Promise.all([caller, ...others].map((id) => graph.directoryObject(id)));
}

/** Takes whoever made an object off its owners, unless it shall be one (Create in the same files). */
export async function removeFirstOwner(
  graph: Graph,
  path: string,
  inputs: Properties,
  what: string,
): Promise<void> {
  const caller = await graph.callerId();
  if (idList(inputs, "owners").some((id) => isSame(id, caller))) return;
  await graph
    .remove(`${path}/owners/${caller}/$ref`)
    .catch(during(`Could not remove initial owner from ${what}`));
}

/** Adds and removes owners until an object has these; says "add" in both cases, as the real provider does. */
export async function replaceOwners(
  graph: Graph,
  path: string,
  wanted: readonly string[],
  what: string,
): Promise<void> {
  const failed = during(`Could not add owners to ${what}`);
  const existing = await ownerIds(graph, path);
  for (const owner of wanted.filter((id) => !existing.includes(id))) {
    const reference = { "@odata.id": await graph.directoryObject(owner) };
    await graph.send("POST", `${path}/owners/$ref`, reference).catch(failed);
  }
  for (const owner of existing.filter((id) => !wanted.includes(id))) {
    await graph.remove(`${path}/owners/${owner}/$ref`).catch(failed);
  }
}

function isSame(id: string, other: string): boolean {
  return id.toLowerCase() === other.toLowerCase();
}
