import { Agent, request } from "node:https";
import { buffer } from "node:stream/consumers";

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** Sends one request. Rejects when the connection fails. */
export type Send = (
  url: string,
  options?: { method?: string; headers?: Record<string, string>; body?: string | Buffer },
) => Promise<Answer>;

/** A client that trusts `ca` and keeps at most `connections` open. */
export function loadClient(ca: Buffer, connections: number): Send {
  const agent = new Agent({ ca, keepAlive: true, maxSockets: connections });
  return async (url, { method = "GET", headers = {}, body } = {}) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const length = { "content-length": String(Buffer.byteLength(body ?? "")) };
    request(url, { agent, method, headers: { ...headers, ...length } }, (response) => {
      const { statusCode: status = 0 } = response;
      buffer(response).then((read) => resolve({ status, body: read }), reject);
    })
      .once("error", reject)
      .end(body);
    return promise;
  };
}
