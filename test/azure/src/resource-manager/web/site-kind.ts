import { type JsonObject, objectField, stringField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";

/**
 * The kind of a site: what its body says of functions, and of its plan whether it is Linux, whatever the body says of that (recorded:
 * `"reserved": false` on a Linux plan comes back as `app,linux`; 98 of 562). An image makes it a container.
 */
export function siteKind(
  given: string | undefined,
  plan: Resource,
  properties: JsonObject,
): string {
  const words = (given ?? "app").split(",").filter((word) => !/^(?:linux|container)$/i.test(word));
  if (plan.properties["reserved"] !== true) return words.join(",");
  const image = stringField(objectField(properties, "siteConfig"), "linuxFxVersion") ?? "";
  return [...words, "linux", ...(/^DOCKER\|/i.test(image) ? ["container"] : [])].join(",");
}

/** Whether it runs functions. */
export function isFunctionApp({ kind }: Resource): boolean {
  return /\bfunctionapp\b/i.test(kind ?? "");
}
