import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { buffer } from "node:stream/consumers";
import type { FuzzRequest } from "./fuzz-request.ts";

export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Bytes as UTF-8. */
  readonly body: string;
}

/** Sends one request. Rejects when the connection fails, and when the answer is not there after the deadline. */
export type Send = (request: FuzzRequest) => Promise<FuzzAnswer>;

/** Milliseconds after which a request hangs, on however busy a machine. */
const deadline = 60_000;

/** A client that trusts `ca` and never lets `fetch` or `URL` tidy up what it sends. */
export function fuzzClient(ca: string): Send {
  const agents = { https: new Agent({ ca, keepAlive: true }), http: new HttpAgent() };
  const once = (fuzzed: FuzzRequest) => exchange(fuzzed, agents);
  return (fuzzed) =>
    once(fuzzed).catch((error: unknown) => {
      // The server had closed the kept connection by itself: the request never met it.
      if (error instanceof ReusedSocketLost) return once(fuzzed);
      throw error;
    });
}

class ReusedSocketLost extends Error {}

async function exchange(
  { origin, method, path, headers, body }: FuzzRequest,
  agents: { https: Agent; http: HttpAgent },
): Promise<FuzzAnswer> {
  const { protocol, host, port } = new URL(origin);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const signal = AbortSignal.timeout(deadline);
  const content = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const options = {
    host: "127.0.0.1",
    port,
    method,
    path,
    headers: { host, ...content, ...headers },
    signal,
  };
  const outgoing =
    protocol === "https:"
      ? httpsRequest({ ...options, agent: agents.https, servername: "localhost" }, resolve)
      : httpRequest({ ...options, agent: agents.http }, resolve);
  outgoing.on("error", (error: NodeJS.ErrnoException) => {
    if (signal.aborted) reject(new Error(`no answer within ${deadline} ms`));
    else if (outgoing.reusedSocket && error.code === "ECONNRESET") reject(new ReusedSocketLost());
    else reject(new Error(`the connection failed: ${error.code ?? error.message}`));
  });
  outgoing.end(body);
  const incoming = await promise;
  const received = await buffer(incoming).catch(() => {
    throw new Error(signal.aborted ? `no whole answer within ${deadline} ms` : "the answer broke");
  });
  return {
    status: incoming.statusCode ?? 0,
    headers: headersOf(incoming),
    body: received.toString(),
  };
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  return headers;
}
