import { NotEmulated } from "../../base/not-emulated.ts";

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
