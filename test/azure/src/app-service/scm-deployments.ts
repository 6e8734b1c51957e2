import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { readBody } from "../http/read-body.ts";
import type { Resource } from "../world/resource-records.ts";
import type { Deployment } from "./deployment.ts";
import type { ScmSite } from "./scm-site.ts";
import { appSettings } from "./site-environment.ts";

/** Bytes of a zip; App Service takes 2 GB, packages here are some MB. */
const maxPackageBytes = 256 * 1024 * 1024;

/** KuduLite's Resources.resx. */
const busy = "There is a deployment currently in progress. Please try again when it completes.";
const remotePackage =
  "Run-From-Zip is set to a remote URL using WEBSITE_RUN_FROM_PACKAGE or WEBSITE_USE_ZIP app setting. Deployment is not supported in this configuration.";

/** Pushing a package and asking what became of it (https://github.com/projectkudu/kudu/wiki/REST-API). */
export function scmDeployments(site: Resource, scm: ScmSite): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.post("/api/publish", (c) => publish(c, site, scm));
  // The Azure CLI asks with the slash, before it sends anything (source: appservice/custom.py, "Warming up Kudu").
  for (const path of ["/api/deployments", "/api/deployments/"])
    app.get(path, (c) =>
      c.json(
        scm.deployments.map((each) =>
          addressed(each, `https://${host(c)}/api/deployments/${each.id}`),
        ),
      ),
    );
  app.get("/api/deployments/latest", (c) => latest(c, scm));
  app.get("/api/deployments/:id", (c) => {
    const id = c.req.param("id");
    const deployment = scm.deployment(id);
    if (deployment === undefined) return notFound(c, id);
    // 200 while it runs, too (source: KuduLite, DeploymentController.GetResult; azd reads the body for it).
    return c.json(addressed(deployment, `https://${host(c)}${c.req.path}`));
  });
  return app;
}

/** Recorded: 202 with its own address as Location while it runs, without addresses in the document. */
function latest(c: Context, scm: ScmSite): Response {
  const [deployment] = scm.deployments;
  if (deployment === undefined) return notFound(c, "latest");
  const address = `https://${host(c)}/api/deployments/latest`;
  if (deployment.complete) return c.json(addressed(deployment, address));
  return c.json(deployment, 202, { location: address });
}

function notFound(c: Context, id: string): Response {
  return c.json({ Message: `Deployment '${id}' not found.` }, 404);
}

function addressed(deployment: Deployment, url: string): Deployment {
  return { ...deployment, url, log_url: `${url}/log` };
}

function host(c: Context): string {
  return c.req.header("host") ?? "";
}

/**
 * Takes a zip and answers at once when asked to (`async=true`), else when the deployment has ended. That a failure is then
 * a 400 is unverified. Only a push that asks for `trackDeploymentProgress=true` is told the id that its deployment will have
 * (source: KuduLite, PushDeploymentController; recorded: a 202 without it).
 */
async function publish(c: Context, site: Resource, scm: ScmSite): Promise<Response> {
  const { type, async, trackDeploymentProgress } = c.req.query();
  if (type !== "zip") return c.text("POST /api/publish is emulated with type=zip only", 501);
  if (/^https?:/i.test(appSettings(site)["WEBSITE_RUN_FROM_PACKAGE"] ?? ""))
    return c.text(remotePackage, 409);
  const zip = await readBody(c.req.raw, maxPackageBytes);
  if (zip === undefined) return c.text(`the package exceeds ${maxPackageBytes} bytes`, 413);
  if (scm.isRestarting) return c.text("The service is unavailable.", 503);
  if (scm.isDeploying) return c.text(busy, 409);
  const id = isTrue(trackDeploymentProgress) ? crypto.randomUUID() : undefined;
  const ended = scm.deploy(zip, id);
  const headers: Record<string, string> = id === undefined ? {} : { "scm-deployment-id": id };
  if (isTrue(async)) {
    const time = new Date().toISOString().replace("T", "_").replaceAll(":", "-");
    const location = `https://${host(c)}/api/deployments/latest?deployer=OneDeploy&time=${time.slice(0, 19)}Z`;
    return c.body(null, 202, { ...headers, location });
  }
  const deployment = await ended;
  if (deployment.active) return c.body(null, 200, headers);
  return c.text(`Package deployment failed: ${deployment.status_text}`, 400, headers);
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}
