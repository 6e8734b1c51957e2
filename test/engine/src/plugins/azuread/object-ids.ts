import type { Properties } from "../../grpc/properties.ts";

/** The object id in a provider id such as `/applications/<object id>`. */
export function objectIdOf(id: string): string {
  return id.split("/").at(-1) ?? id;
}

/** A list of ids among the inputs; empty when there is none. */
export function idList(inputs: Properties, name: string): string[] {
  const value = inputs[name];
  return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
}
