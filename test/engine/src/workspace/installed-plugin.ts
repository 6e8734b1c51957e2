import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { pulumiHomes } from "../pulumi-homes.ts";

/**
 * The path of a provider's plugin that the user's own Pulumi has downloaded, in exactly this version; undefined when there is
 * none. Only read. On macOS always undefined: a Go program trusts the system's keychain alone there and so would not trust the
 * local Azure's certificate (https://pkg.go.dev/crypto/x509#SystemCertPool).
 */
export function installedPlugin(
  { packageName, version }: { readonly packageName: string; readonly version: string },
  homes: readonly string[] = pulumiHomes(),
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  if (platform === "darwin") return undefined;
  return homes
    .map((home) => join(home, "plugins", `resource-${packageName}-v${version}`))
    .map((folder) => join(folder, `pulumi-resource-${packageName}`))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() && statSync(path).size > 0;
  } catch {
    return false;
  }
}
