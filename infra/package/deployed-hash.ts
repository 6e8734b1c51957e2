import type { Patience } from "./patience.ts";
import type { SiteApi } from "./site-api.ts";

/** The hash that the deployed package names as its own; undefined when there is none, or it is not one of ours. */
export async function deployedHash(
  site: Pick<SiteApi, "scm">,
  patience: Patience,
): Promise<string | undefined> {
  const path = "/api/vfs/site/wwwroot/package-hash.txt";
  const answer = await patience.ask("read the deployed package", () => site.scm(path), [404]);
  const text = answer.text.trim();
  return answer.status !== 404 && /^[0-9a-f]{64}$/.test(text) ? text : undefined;
}
