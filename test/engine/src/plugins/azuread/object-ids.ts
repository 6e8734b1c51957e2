import { type Properties, textOf } from "../../grpc/properties.ts";
import type { Graph } from "./graph.ts";

/** The object id in a provider id such as `/applications/<object id>`. */
export function objectIdOf(id: string): string {
  return id.split("/").at(-1) ?? id;
}

/** A list of ids among the inputs; empty when there is none. */
export function idList(inputs: Properties, name: string): string[] {
  const value = inputs[name];
  return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
}

/** The owners of an object, in a stable order: `owners` is a set. */
export async function ownerIds(graph: Graph, path: string): Promise<string[]> {
  const owners = await graph.list(`${path}/owners`);
  return owners.map((owner) => textOf(owner, "id")).sort();
}
