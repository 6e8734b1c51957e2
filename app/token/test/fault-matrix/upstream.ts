import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Socket } from "node:net";
import { createCertificate } from "./certificate.ts";
import type { FaultyAnswer, Place } from "./faults.ts";
import { HealthyUpstream } from "./healthy-upstream.ts";
import { ObservedClient, placeOf, requestIdHeader } from "./observed-client.ts";

/** The identity endpoint and the login endpoint on loopback, either of which can fail in any way. */
export class Upstream {
  healthy = new HealthyUpstream();
  readonly client: ObservedClient;
  /** The requests that are never answered, by id, and the end of their connections. */
  readonly held = new Map<string, Promise<unknown>>();
  /** How many of their connections are still open. */
  open = 0;
  /** Values of the identity header that were sent. */
  readonly identityHeaders: unknown[] = [];
  readonly #servers: { readonly identity: Server; readonly login: Server };
  /** By the ports at both ends: a TLS socket cannot be reset, only the one beneath it. */
  readonly #sockets = new Map<string, Socket>();
  #fault: { readonly place: Place; readonly answer: FaultyAnswer } | undefined;

  constructor(
    servers: { readonly identity: Server; readonly login: Server },
    client: ObservedClient,
  ) {
    this.#servers = servers;
    this.client = client;
    for (const server of Object.values(servers)) {
      server.on("connection", (socket) => this.#sockets.set(portsOf(socket), socket));
      server.on("request", this.#answer);
    }
  }

  get identityEndpoint(): string {
    return `http://127.0.0.1:${portOf(this.#servers.identity)}/msi/token`;
  }

  get authorityHost(): string {
    return `https://localhost:${portOf(this.#servers.login)}`;
  }

  /** Whether nothing happens any more unless time passes. */
  readonly idle = (): boolean => [...this.client.inFlight].every((id) => this.held.has(id));

  fail(place: Place, answer: FaultyAnswer): void {
    this.#fault = { place, answer };
    this.client.refused = answer === "refused" ? place : undefined;
  }

  heal(): void {
    this.#fault = this.client.refused = undefined;
  }

  /** Starts anew: healthy, no token issued, no request seen. */
  forget(): void {
    this.heal();
    this.healthy = new HealthyUpstream();
    this.held.clear();
    this.identityHeaders.length = 0;
    this.client.resetCalls();
  }

  /** Resolves once the client has closed the connection of every request without an answer. */
  async allClosed(): Promise<void> {
    await Promise.all(this.held.values());
  }

  close(): void {
    for (const server of Object.values(this.#servers)) {
      server.close();
      server.closeAllConnections();
    }
  }

  readonly #answer: RequestListener = (request, response) => {
    const path = request.url ?? "";
    const place = placeOf(path);
    if (place === "managed identity") {
      this.identityHeaders.push(request.headers["x-identity-header"]);
    }
    const answer = this.#fault?.place === place ? this.#fault.answer : undefined;
    if (answer === "reset") {
      return void this.#sockets.get(portsOf(request.socket))?.resetAndDestroy();
    }
    if (typeof answer === "object") {
      return void response.writeHead(answer.status, answer.headers).end(answer.body);
    }
    const json = JSON.stringify(this.healthy.answer(place, answer, this.authorityHost, path));
    response.setHeader("content-type", "application/json");
    // Node's own date is the machine's, whatever the test says the time is.
    response.setHeader("date", new Date(Date.now() + this.healthy.skewMs).toUTCString());
    if (answer !== "hang" && answer !== "hang mid-body") return void response.end(json);
    this.held.set(String(request.headers[requestIdHeader]), once(response, "close"));
    this.open += 1;
    response.once("close", () => (this.open -= 1));
    if (answer === "hang mid-body") {
      response.setHeader("content-length", json.length);
      response.write(json.slice(0, -1));
    }
    return undefined;
  };
}

/** Starts both on ports of the system's choice, with a certificate of their own. */
export async function startUpstream(): Promise<Upstream> {
  const { certificate, key } = await createCertificate();
  const identity = await listening(createHttpServer());
  const login = await listening(createHttpsServer({ cert: certificate, key }));
  return new Upstream({ identity, login }, new ObservedClient(certificate));
}

async function listening<S extends Server>(server: S): Promise<S> {
  // A kept connection stays: after Node's five seconds a busy client's next request would meet a reset.
  server.keepAliveTimeout = 0;
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}

function portsOf({ localPort, remotePort }: Socket): string {
  return `${localPort} ${remotePort}`;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
