import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { objectField } from "../base/json.ts";
import { readBody } from "../http/read-body.ts";
import type { Azure } from "../service/azure.ts";
import type { Resource } from "../world/resource-records.ts";
import { scmAccessRestrictions } from "../world/resources/access-restrictions.ts";
import { refuseAddress } from "./error-page.ts";
import { authorizePublish } from "./scm-authorization.ts";
import type { ScmSite } from "./scm-site.ts";
import { appSettings } from "./site-environment.ts";

/** Bytes of a zip; App Service takes 2 GB, packages here are some MB. */
const maxPackageBytes = 256 * 1024 * 1024;

/**
 * A site's SCM site (Kudu): publishing a package and reading it back
 * (https://learn.microsoft.com/azure/app-service/deploy-zip, https://github.com/projectkudu/kudu/wiki/REST-API).
 */
export function createScmFront(
  azure: Azure,
  site: Resource,
  scm: ScmSite,
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
  app.post("/api/publish", (c) => publish(c, site, scm));
  app.get("/api/deployments", (c) => c.json(scm.deployments));
  app.get("/api/deployments/:id", (c) => {
    const id = c.req.param("id");
    const deployment = id === "latest" ? scm.deployments[0] : scm.deployment(id);
    if (deployment === undefined) return c.json({ Message: `Deployment '${id}' not found.` }, 404);
    return c.json(deployment, deployment.complete ? 200 : 202);
  });
  app.get("/api/vfs/data/SitePackages/:name", (c) => {
    const name = c.req.param("name");
    const current = scm.package;
    if (current !== undefined && name === "packagename.txt") return c.text(current.name);
    if (current === undefined || name !== current.name) return c.text(`'${name}' not found.`, 404);
    return c.body(Uint8Array.from(current.zip), 200, { "content-type": "application/zip" });
  });
  app.notFound((c) => c.text(`${c.req.method} ${c.req.path} is not emulated`, 501));
  return app;
}

/**
 * Takes a zip and answers at once when asked to (`async=true`), else when the deployment has ended. That a failure is then
 * a 400 is unverified.
 */
async function publish(c: Context, site: Resource, scm: ScmSite): Promise<Response> {
  const { type, async } = c.req.query();
  if (type !== "zip") return c.text("POST /api/publish is emulated with type=zip only", 501);
  if (appSettings(site)["WEBSITE_RUN_FROM_PACKAGE"] !== "1")
    return c.text("POST /api/publish is emulated with WEBSITE_RUN_FROM_PACKAGE=1 only", 501);
  const zip = await readBody(c.req.raw, maxPackageBytes);
  if (zip === undefined) return c.text(`the package exceeds ${maxPackageBytes} bytes`, 413);
  if (scm.isRestarting) return c.text("The service is unavailable.", 503);
  if (scm.isDeploying)
    return c.text(
      "There is a deployment currently in progress. Please try again when it completes.",
      409,
    );
  const { deployment, ended } = scm.deploy(zip, "OneDeploy");
  const headers = { "scm-deployment-id": deployment.id };
  if (async?.toLowerCase() === "true") {
    const location = `https://${c.req.header("host")}/api/deployments/latest?deployer=OneDeploy`;
    return c.body(null, 202, { ...headers, location });
  }
  await ended;
  if (deployment.active) return c.body(null, 200, headers);
  return c.text(`Package deployment failed: ${deployment.status_text}`, 400, headers);
}
