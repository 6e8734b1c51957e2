import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect as connectTcp, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Certificate, createCertificate } from "../../src/http/certificate.ts";
import { type HttpsService, startHttpsService } from "../../src/http/https-service.ts";
import { type LocalhostProxy, startLocalhostProxy } from "../../src/http/localhost-proxy.ts";

// Documents: RFC 9110 section 9.3.6 (CONNECT), RFC 6761 section 6.3.

let certificate: Certificate;
let service: HttpsService;
let proxy: LocalhostProxy;

beforeAll(async () => {
  certificate = await createCertificate();
  const app = new Hono().get("/", (c) => c.text(c.req.header("host") ?? ""));
  service = await startHttpsService(app, certificate);
  proxy = await startLocalhostProxy();
});

afterAll(async () => {
  await proxy.close();
  await service.close();
});

describe("The proxy for names under localhost", () => {
  it.each([
    "example.com:443",
    "localhost.example.com:443",
    "127.0.0.2:443",
    "localhost:99999",
    "localhost",
  ])("refuses to tunnel to %s", async (target) => {
    const { response } = await tunnel(target);
    expect(response.statusCode).toBe(403);
    expect(response.statusMessage).toBe(`"${target}" is not on this machine`);
  });

  it("refuses what is no tunnel", async () => {
    expect((await fetch(proxy.origin)).status).toBe(405);
  });

  it("refuses to tunnel to a port where nobody listens, and tells the remedy", async () => {
    const { response } = await tunnel("acct.blob.localhost:1");
    expect(response.statusCode).toBe(502);
    expect(response.statusMessage).toBe(
      'nothing listens at "acct.blob.localhost:1"; use the address that Resource Manager reports, or start with ' +
        "--blob-addresses host",
    );
  });

  it("outlives a client that is gone before it has its answer", async () => {
    const { hostname, port } = new URL(proxy.origin);
    const client = connectTcp(Number(port), hostname);
    client.write("CONNECT example.com:443 HTTP/1.1\r\nhost: example.com\r\n\r\n");
    client.write("", () => client.resetAndDestroy());
    await once(client, "close");
    // An error that nobody handles would fail the run, and end a local Azure.
    expect((await fetch(proxy.origin)).status).toBe(405);
  });

  it.each(["localhost", "127.0.0.1", "acct.blob.localhost"])(
    "tunnels to %s, whose certificate the client verifies itself",
    async (host) => {
      const { socket } = await tunnel(`${host}:${service.port}`);
      expect(await get(`https://${host}:${service.port}/`, socket)).toBe(`${host}:${service.port}`);
    },
  );
});

/** Asks the proxy for a tunnel. */
async function tunnel(path: string): Promise<{ response: IncomingMessage; socket: Socket }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    response: IncomingMessage;
    socket: Socket;
  }>();
  httpRequest(proxy.origin, { method: "CONNECT", path, agent: false })
    .once("connect", (response, socket) => resolve({ response, socket }))
    .once("error", reject)
    .end();
  return promise;
}

async function get(url: string, socket: Socket): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const { hostname } = new URL(url);
  const servername = hostname === "127.0.0.1" ? "" : hostname;
  const createConnection = () => connect({ socket, ca: certificate.ca, servername });
  httpsRequest(url, { createConnection }, (response) => resolve(text(response)))
    .once("error", reject)
    .end();
  return promise;
}
