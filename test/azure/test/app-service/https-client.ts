import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";

export interface HttpsAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends one HTTPS request on a connection of its own, trusting `ca` alone. */
export async function httpsRequest(
  url: string,
  ca: string,
  options: {
    method?: string;
    headers?: Record<string, string | string[]>;
    body?: Uint8Array | string;
  } = {},
): Promise<HttpsAnswer> {
  const { method = "GET", headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ca, method, headers, agent: false }, (incoming) => {
      const { statusCode: status = 0, headers: received } = incoming;
      text(incoming).then(
        (content) => resolve({ status, headers: received, body: content }),
        reject,
      );
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}
