import type { Resource } from "../resource-records.ts";

/** Whether a site was stopped: it keeps its addresses and its SCM site, and runs nothing. */
export function isStopped({ properties }: Resource): boolean {
  return properties["state"] === "Stopped";
}
