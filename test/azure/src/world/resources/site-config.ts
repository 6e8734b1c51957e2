import { type JsonObject, objectListField, stringField } from "../../base/json.ts";
import { NotEmulated } from "../../base/not-emulated.ts";
import type { Resource } from "../resource-records.ts";

/** Whether a site was stopped: it keeps its addresses and its SCM site, and runs nothing. */
export function isStopped({ properties }: Resource): boolean {
  return properties["state"] === "Stopped";
}

/**
 * The words of a site's `appCommandLine`, undefined when it has none. App Service hands the line to a shell; here it is
 * split at white space and quotes, and a line that needs a shell's expansions is refused.
 */
export function startCommand(appCommandLine: string | undefined): string[] | undefined {
  if (!appCommandLine?.trim()) return undefined;
  if (/[$`|&;<>()*?\\\n]/.test(appCommandLine))
    throw new NotEmulated(
      `appCommandLine "${appCommandLine}" needs a shell, which is not emulated; use a command and its arguments`,
    );
  const words = appCommandLine.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

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
