import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { objectField } from "../base/json.ts";
import type { Azure } from "../service/azure.ts";
import type { Resource } from "../world/resource-records.ts";
import { scmAccessRestrictions } from "../world/resources/access-restrictions.ts";
import { refuseAddress } from "./error-page.ts";
import { authorizePublish } from "./scm-authorization.ts";
import { scmDeployments } from "./scm-deployments.ts";
import { scmFiles } from "./scm-files.ts";
import type { ScmSite } from "./scm-site.ts";

/**
 * A site's SCM site (Kudu): publishing a package and reading what the site has on its disk
 * (https://learn.microsoft.com/azure/app-service/deploy-zip, https://github.com/projectkudu/kudu/wiki/REST-API). `home` is the
 * folder that has `site/wwwroot` and `LogFiles`.
 */
export function createScmFront(
  azure: Azure,
  site: Resource,
  scm: ScmSite,
  home: string,
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(azure.traffic.middleware("scm"));
  app.use(async (c, next) => {
    const isAdmitted = scmAccessRestrictions(objectField(site.properties, "siteConfig"));
    const refusal = refuseAddress(site, isAdmitted, c.env.incoming.socket.remoteAddress ?? "");
    return refusal ?? (await next());
  });
  app.use(async (c, next) => {
    if (scm.isRestarting) return c.text("The service is unavailable.", 503);
    const refusal = await authorizePublish(azure, site, c.req.header("authorization"));
    return refusal ?? (await next());
  });
  app.route("/", scmDeployments(site, scm));
  app.route("/", scmFiles(site, scm, home));
  app.notFound((c) => c.text(`${c.req.method} ${c.req.path} is not emulated`, 501));
  return app;
}
