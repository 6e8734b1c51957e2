import { type JsonObject, objectListField, stringField } from "../../base/json.ts";
import { NotEmulated } from "../../base/not-emulated.ts";

/**
 * Throws for `appSettings` that are not names and values, and NotEmulated for ones that the environment of a process cannot hold:
 * what Azure says of a NUL is not known.
 */
export function requireSettings(siteConfig: JsonObject): void {
  for (const setting of objectListField(siteConfig, "appSettings") ?? []) {
    const texts = [stringField(setting, "name") ?? "", stringField(setting, "value") ?? ""];
    if (texts.some((text) => text.includes("\0")))
      throw new NotEmulated("application settings with a NUL character are not emulated");
  }
}
