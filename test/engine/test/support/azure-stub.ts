import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { SignJWT } from "jose";
import type { Properties } from "../../src/grpc/properties.ts";
import { createCertificate } from "./certificate.ts";

/** An Azure-shaped HTTPS service: signing in works, everything else answers as a test says. */
export interface AzureStub {
  /** For a provider's metadataHost. */
  readonly metadataHost: string;
  readonly origin: string;
  /** What a process needs to trust it and to sign in. */
  readonly environment: NodeJS.ProcessEnv;
  /** Method and path of every request that came, `GET /metadata/endpoints` first. */
  readonly requests: string[];
  /** Bodies of the requests that had one, by method and path. */
  readonly bodies: Map<string, Properties>;
  /** Answers by method and path without query; anything else is 404. */
  readonly answers: Map<string, () => Response>;
  /** Forgets requests and answers. */
  reset(): void;
  close(): Promise<void>;
}

export const tenantId = "11111111-1111-4111-8111-111111111111";
export const clientId = "22222222-2222-4222-8222-222222222222";
export const subscriptionId = "33333333-3333-4333-8333-333333333333";
export const objectId = "44444444-4444-4444-8444-444444444444";

/** Starts a stub on a free port. It proves nothing about Azure: only what a stand-in sends and makes of an answer. */
export async function startAzureStub(): Promise<AzureStub> {
  const directory = mkdtempSync(join(tmpdir(), "azure-stub-"));
  const { cert, key } = await createCertificate();
  const caFile = join(directory, "ca.pem");
  writeFileSync(caFile, cert);
  const stub = { requests: [] as string[], bodies: new Map(), answers: new Map() };
  let origin = "";
  const app = new Hono();
  app.use(async (c, next) => {
    const request = requestOf(c.req);
    stub.requests.push(request);
    if (c.req.header("content-type")?.startsWith("application/json")) {
      const text = await c.req.text();
      if (text !== "") stub.bodies.set(request, JSON.parse(text));
    }
    await next();
  });
  addSignIn(app, () => origin);
  app.all("*", (c) => {
    const answer = stub.answers.get(requestOf(c.req)) as (() => Response) | undefined;
    return answer?.() ?? c.json({ error: { code: "NotFound", message: "no such thing" } }, 404);
  });
  const listener = getRequestListener(app.fetch);
  const server = createServer(
    { cert, key },
    (request, response) => void listener(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP port");
  origin = `https://localhost:${address.port}`;
  return {
    ...stub,
    origin,
    metadataHost: `localhost:${address.port}`,
    environment: {
      NODE_EXTRA_CA_CERTS: caFile,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}/idtoken?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
    },
    reset() {
      stub.requests.length = 0;
      stub.bodies.clear();
      stub.answers.clear();
    },
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      rmSync(directory, { recursive: true });
    },
  };
}

// @azure/arm-resources writes "resourcegroups"; Resource Manager compares paths without case.
function requestOf({ method, path }: { method: string; path: string }): string {
  return `${method} ${path.replace("/resourcegroups/", "/resourceGroups/")}`;
}

function addSignIn(app: Hono, origin: () => string): void {
  app.get("/metadata/endpoints", (c) =>
    c.json({
      resourceManager: `${origin()}/`,
      microsoftGraphResourceId: `${origin()}/`,
      authentication: {
        loginEndpoint: `${origin()}/`,
        audiences: ["https://management.azure.com/"],
      },
    }),
  );
  app.get("/:tenant/v2.0/.well-known/openid-configuration", (c) => {
    const base = `${origin()}/${c.req.param("tenant")}`;
    return c.json({
      issuer: `${base}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    });
  });
  app.get("/idtoken", (c) => c.json({ value: "id-token" }));
  app.post("/:tenant/oauth2/v2.0/token", async (c) => {
    const claims = { tid: c.req.param("tenant"), appid: clientId, oid: objectId };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256" })
      .sign(Buffer.from("a key that nothing verifies"));
    return c.json({ token_type: "Bearer", expires_in: 3600, access_token: token });
  });
}
