import { homedir } from "node:os";
import { join } from "node:path";

/** Our own folder of the user's cache, so that a second clone finds what was built once. */
export function cacheDirectory(): string {
  const caches = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return join(caches, "cross-tenant-data");
}
