import { objectListField, stringField, type JsonObject } from "../resource-manager/json-object.ts";
import { ManagementError } from "../resource-manager/management-error.ts";

/**
 * Throws for `appSettings` that are not names and values, and 501 for ones that the environment of a process cannot hold:
 * what Azure says of a NUL is not known.
 */
export function requireSettings(siteConfig: JsonObject): void {
  for (const setting of objectListField(siteConfig, "appSettings") ?? []) {
    const texts = [stringField(setting, "name") ?? "", stringField(setting, "value") ?? ""];
    if (texts.some((text) => text.includes("\0")))
      throw new ManagementError(
        501,
        "NotImplemented",
        "application settings with a NUL character are not emulated",
      );
  }
}
