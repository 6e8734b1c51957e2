import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { buffer, text } from "node:stream/consumers";
import { createCertificate } from "local-azure/testing";

/**
 * The three services the site talks to, over real sockets, for one tenant and one container. It
 * checks nothing and knows just these requests: the local Azure is where Azure's rules are tested.
 */
export interface StubAzure {
  readonly identityEndpoint: string;
  /** Origin of the login endpoint and, as its host's account "contoso", of storage. */
  readonly origin: string;
  /** The certificate authority to trust, as PEM. */
  readonly ca: string;
  readonly blobs: Map<string, Buffer>;
  /** Form bodies that the token endpoint received. */
  readonly exchanges: string[];
  /** When set, runs before a download and may answer it. */
  beforeRead?: RequestListener;
  close(): void;
}

/** Starts the services on ports of the system's choice. */
export async function startStubAzure(): Promise<StubAzure> {
  const { chain, key, ca } = await createCertificate();
  const blobs = new Map<string, Buffer>();
  const blocks = new Map<string, Buffer>();
  const exchanges: string[] = [];

  const identity = createHttpServer((_request, response) => {
    const expires_on = String(Math.floor(Date.now() / 1000) + 86_400);
    const access_token = `eyJhbGciOiJSUzI1NiJ9.${encoded({ sub: "identity" })}.canary-identity`;
    response.end(JSON.stringify({ access_token, expires_on, token_type: "Bearer" }));
  });

  const secure = createHttpsServer({ cert: chain, key }, (request, response) => {
    void answer(request, response);
  });
  const answer = async (...[request, response]: Parameters<RequestListener>): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? "/", stub.origin);
    const name = decodeURIComponent(pathname.split("/").slice(3).join("/"));
    const json = (body: unknown): unknown => response.end(JSON.stringify(body));
    if (pathname.endsWith("/openid-configuration")) return void json(discovery(stub.origin));
    if (pathname.endsWith("/oauth2/v2.0/token")) {
      exchanges.push(await text(request));
      const access_token = `eyJhbGciOiJSUzI1NiJ9.${encoded({ sub: "principal" })}.canary-storage`;
      return void json({ token_type: "Bearer", expires_in: 3599, access_token });
    }
    if (request.method === "PUT" && searchParams.get("comp") === "block") {
      blocks.set(searchParams.get("blockid") ?? "", await buffer(request));
    } else if (request.method === "PUT") {
      const ids = (await text(request)).matchAll(/<Latest>(.+?)<\/Latest>/g);
      blobs.set(name, Buffer.concat([...ids].map(([, id]) => blocks.get(id ?? "") ?? Buffer.of())));
    } else {
      response.setHeader("etag", '"1"');
      stub.beforeRead?.(request, response);
      if (!response.headersSent) response.end(blobs.get(name));
      return;
    }
    response.writeHead(201).end();
  };

  await once(identity.listen(0, "127.0.0.1"), "listening");
  await once(secure.listen(0, "127.0.0.1"), "listening");
  const stub: StubAzure = {
    identityEndpoint: `http://127.0.0.1:${portOf(identity)}/msi/token`,
    origin: `https://localhost:${portOf(secure)}`,
    ca,
    blobs,
    exchanges,
    close() {
      for (const server of [identity, secure]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
  return stub;
}

function discovery(origin: string): Record<string, string> {
  return {
    issuer: `${origin}/tenant/v2.0`,
    token_endpoint: `${origin}/tenant/oauth2/v2.0/token`,
    authorization_endpoint: `${origin}/tenant/oauth2/v2.0/authorize`,
    jwks_uri: `${origin}/tenant/discovery/v2.0/keys`,
  };
}

function encoded(claims: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(claims)).toString("base64url");
}

function portOf(server: {
  address(): ReturnType<ReturnType<typeof createHttpServer>["address"]>;
}): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
