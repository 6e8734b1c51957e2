import type { Resource } from "../../world/resource-records.ts";
import { locationDisplayName } from "../engine/regions.ts";

/** The machines of App Service that everything here is on; a neutral name of the form that Azure's have. */
export const STAMP = "waws-prod-local-001";

/** Where a group's plans and sites of one kind are in a region: `group-WestEuropewebspace-Linux`. */
export function webSpace({ id, location = "" }: Resource, linux: boolean): string {
  const region = locationDisplayName(location).replaceAll(" ", "");
  return `${groupOf(id)}-${region}webspace${linux ? "-Linux" : ""}`;
}

/** The name of the group in an id. */
export function groupOf(id: string): string {
  return id.split("/")[4] ?? "";
}
