import { readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import type { Resource } from "../world/resource-records.ts";
import { dockerLogs } from "./site-log.ts";
import type { ScmSite, SitePackage } from "./scm-site.ts";
import { appSettings } from "./site-environment.ts";

/** The folders below /home that are served, where Azure serves all of them. */
const served = ["site/wwwroot", "LogFiles"] as const;

/**
 * Reading the site's files back (source: KuduLite, VfsControllerBase and DiagnosticsController; documented at
 * https://github.com/projectkudu/kudu/wiki/REST-API#vfs). Folders are not listed.
 */
export function scmFiles(
  site: Resource,
  scm: ScmSite,
  home: string,
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  for (const folder of served)
    app.get(`/api/vfs/${folder}/*`, (c) => {
      const path = c.req.path.slice(`/api/vfs/${folder}/`.length);
      return file(c, home, folder, path);
    });
  app.get("/api/vfs/data/SitePackages/:name", (c) => {
    const runsFromPackage = appSettings(site)["WEBSITE_RUN_FROM_PACKAGE"] === "1";
    return sitePackage(c, runsFromPackage ? scm.package : undefined, c.req.param("name"));
  });
  app.get("/api/logs/docker", async (c) => {
    const logs = await dockerLogs(join(home, "LogFiles"));
    return c.json(
      logs.map(({ name, ...log }) => ({
        ...log,
        href: `https://${c.req.header("host")}/api/vfs/LogFiles/${name}`,
        path: `/home/LogFiles/${name}`,
      })),
    );
  });
  return app;
}

async function file(c: Context, home: string, folder: string, path: string): Promise<Response> {
  const root = join(home, folder);
  const wanted = resolve(root, path);
  const inside = relative(root, wanted);
  const missing = () => c.text(`'/home/${folder}/${path}' not found.`, 404);
  if (inside === "" || inside.startsWith("..") || /[\0\\]/.test(path)) return missing();
  const content = await readFile(wanted).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EISDIR") return "folder" as const;
    return undefined;
  });
  if (content === "folder") return c.text("listing a folder is not emulated", 501);
  if (content === undefined) return missing();
  const type = /\.(txt|log)$/.test(path) ? "text/plain" : "application/octet-stream";
  return c.body(Uint8Array.from(content), 200, { "content-type": type });
}

/** Where a site that runs from its package has that (source: KuduLite, PushDeploymentController.WriteSitePackageZip). */
function sitePackage(c: Context, current: SitePackage | undefined, name: string): Response {
  if (current !== undefined && name === "packagename.txt") return c.text(current.name);
  if (current === undefined || name !== current.name) return c.text(`'${name}' not found.`, 404);
  return c.body(Uint8Array.from(current.zip), 200, { "content-type": "application/zip" });
}
