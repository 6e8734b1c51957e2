import { request as httpRequest, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

/** Headers that speak of one connection only (RFC 9110 section 7.6.1), and the host, which is the new target's. */
const notForwarded = [
  "connection",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "host",
];

/** Where a request goes: a plain HTTP server on loopback. */
export interface ForwardTarget {
  readonly port: number;
  /** Path and query, sent as they are. */
  readonly path: string;
  readonly headers: Headers;
}

/**
 * Sends a request on and answers with the response, both bodies streamed with backpressure. `fetch` would undo a stored
 * blob's Content-Encoding, so this is plain HTTP. Rejects when the target cannot be reached or hangs up.
 */
export async function forwardRequest(request: Request, target: ForwardTarget): Promise<Response> {
  const { port, path } = target;
  const headers = Object.fromEntries(
    [...target.headers].filter(([name]) => !notForwarded.includes(name)),
  );
  const { method, signal, body } = request;
  // A server that refuses before it has read everything closes a connection that is not to be kept, and the answer is lost.
  headers["connection"] = "keep-alive";
  const outgoing = httpRequest({
    host: "127.0.0.1",
    port,
    path,
    method,
    headers,
    signal,
    agent: false,
  });
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once("response", resolve);
    outgoing.once("error", reject);
  });
  // A failure of the upload also fails the response, or comes after an early answer and is then nobody's concern.
  if (body === null) outgoing.end();
  else pipeline(Readable.fromWeb(body as NodeReadableStream), outgoing).catch(() => undefined);
  return answer(method, await response);
}

function answer(method: string, incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) if (!notForwarded.includes(name)) headers.append(name, value);
  const status = incoming.statusCode ?? 502;
  const bodiless = method === "HEAD" || [204, 205, 304].includes(status);
  if (bodiless) incoming.resume();
  const body = bodiless ? null : (Readable.toWeb(incoming) as ReadableStream);
  return new Response(body, { status, headers });
}
