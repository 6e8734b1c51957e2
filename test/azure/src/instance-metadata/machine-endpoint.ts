import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import type { Azure } from "../service/azure.ts";
import { notEmulated } from "../service/not-emulated-route.ts";
import type { IssueManagedIdentityToken } from "../service/token-issuer.ts";
import type { Resource } from "../world/resource-records.ts";
import { requireIdentityVersion } from "./api-versions.ts";
import { MetadataError } from "./errors.ts";
import { answerCompute, answerVersions } from "./instance-compute.ts";
import { limitRequests } from "./limit-requests.ts";
import { answerTokenRequest } from "./token-request.ts";

interface Env {
  Variables: { machine: Resource };
}

/** Shown in answers that were observed, with this form of version. */
const SERVER = "IMDS/150.870.65.1103";

/**
 * The instance metadata service as one virtual machine sees it: managed identity tokens, and what the machine is
 * (learn.microsoft.com/azure/virtual-machines/instance-metadata-service; how-to-use-vm-token).
 */
export function createMachineEndpoint(
  azure: Azure,
  issueToken: IssueManagedIdentityToken,
  machineId: string,
): Hono<Env> {
  const app = new Hono<Env>();
  app.use(azure.traffic.middleware("instance-metadata"));
  app.use(async (c, next) => {
    const machine = azure.state.resources.get(machineId.toLowerCase());
    if (machine === undefined) return hangUp(c);
    c.set("machine", machine);
    await next();
    c.res.headers.set("server", SERVER);
    return undefined;
  });
  app.use(async (c, next) => {
    requireOwnRequest(c);
    await next();
  });
  const paths = ["/metadata/identity/oauth2/token", "/metadata/identity/oauth2/token/"];
  app.on("GET", paths, limitRequests(azure.clock), async (c) =>
    render(
      200,
      await answerTokenRequest(
        azure,
        issueToken,
        c.get("machine"),
        new URL(c.req.url).searchParams,
      ),
    ),
  );
  app.on(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"], paths, () => {
    // The status is documented, the body unverified.
    throw new MetadataError("method_not_allowed", "Method not allowed", 405);
  });
  app.get("/metadata/identity/info", (c) => {
    requireIdentityVersion(new URL(c.req.url).searchParams);
    return render(200, { tenantId: c.get("machine").tenantId });
  });
  app.get("/metadata/versions", answerVersions);
  const compute = "/metadata/instance/compute";
  app.on("GET", [compute, `${compute}/:field`], (c) => {
    const { searchParams } = new URL(c.req.url);
    const answer = answerCompute(c.get("machine"), c.req.param("field"), searchParams);
    return answer ?? render(404, { error: "Not Found" });
  });
  // What Azure has there and the local one does not. Of certificates bound to the machine (getplatformmetadata, which MSAL
  // probes) it knows as little as a machine without them: 404, and the client goes on with tokens.
  for (const path of ["instance", "attested", "scheduledevents", "loadbalancer"])
    app.all(`/metadata/${path}/*`, notEmulated);
  app.notFound(() => render(404, { error: "Not Found" }));
  app.onError((error) => {
    if (error instanceof MetadataError)
      return render(error.status, { error: error.error, error_description: error.message });
    azure.log("instance-metadata failed", { error: error.message });
    return render(500, { error: "unknown", error_description: "the local Azure failed" });
  });
  return app;
}

/** A machine that was deleted answers nobody. */
function hangUp(c: Context): Response {
  const { outgoing } = c.env as { readonly outgoing: ServerResponse };
  outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}

/**
 * A request that somebody was tricked or proxied into is refused ("Security and authentication" and "Proxies"). The first
 * is as recorded (2021 and 2022; how-to-use-vm-token documents bad_request_102 with the same text), the second's text is unverified.
 */
function requireOwnRequest(c: Context): void {
  if (c.req.header("metadata") !== "true")
    throw new MetadataError("invalid_request", "Required metadata header not specified");
  if (c.req.header("x-forwarded-for") !== undefined)
    throw new MetadataError("invalid_request", "X-Forwarded-For header is not allowed");
}

function render(status: number, body: Record<string, string>): Response {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return new Response(JSON.stringify(body), { status, headers });
}
