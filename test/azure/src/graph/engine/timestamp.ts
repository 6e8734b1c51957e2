import type { Clock } from "../../world/clock.ts";

/** Now, as the directory writes times: UTC, whole seconds (graph/api/resources/application, createdDateTime). */
export function timestamp(clock: Clock): string {
  return `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
}
