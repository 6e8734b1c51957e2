import type { Patience } from "./patience.ts";
import { Refusal } from "./refusal.ts";
import type { SiteApi } from "./site-api.ts";

const LINES_SHOWN = 20;
const LONGEST_LINE = 200;

interface DockerLog {
  readonly machineName: string;
  readonly lastUpdated: string;
  readonly path: string;
}

/** The end of what a site printed last, for an error about it; never fails itself. */
export async function siteOutput(site: Pick<SiteApi, "scm">, patience: Patience): Promise<string> {
  const list = await patience.attempt("list the site's logs", () => site.scm("/api/logs/docker"));
  if (list instanceof Refusal) return `its output cannot be read: ${list.message}`;
  const log = newestOfSite(list.text);
  if (log === undefined) return "it printed nothing that was kept";
  const path = `/api/vfs/${log.path.replace(/^\/home\//, "")}`;
  const file = await patience.attempt("read the site's log", () => site.scm(path));
  if (file instanceof Refusal) return `its output cannot be read: ${file.message}`;
  const lines = file.text.trimEnd().split("\n").slice(-LINES_SHOWN);
  return ["the last lines of its output:", ...lines.map(shown)].join("\n");
}

/** What the container itself printed is in the log of the machine that ends in `_default`; the other is the platform's. */
function newestOfSite(text: string): DockerLog | undefined {
  try {
    const logs = JSON.parse(text) as DockerLog[];
    return logs
      .filter(({ machineName }) => machineName.endsWith("_default"))
      .sort((a, b) => (a.lastUpdated < b.lastUpdated ? 1 : -1))[0];
  } catch {
    return undefined;
  }
}

/** Whatever a site prints, no token gets into Pulumi's output. */
function shown(line: string): string {
  return `  ${line.replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[token]").slice(0, LONGEST_LINE)}`;
}
