import { type ClientRequest, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

/** What a client has seen of one request so far; `ended` resolves when nothing more can come. */
export interface Observation {
  readonly request: ClientRequest;
  status?: number;
  headers: Record<string, unknown>;
  body: string;
  /** The code of the error that ended it. */
  error?: string;
  readonly ended: Promise<void>;
}

/** Sends a request on a connection of its own and records what comes back, byte by byte; never throws. */
export function observeRequest(url: string, ca: string, method = "GET"): Observation {
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;
  const request = send(url, { method, ca, agent: false });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const seen: Observation = { request, headers: {}, body: "", ended };
  const fail = ({ code }: NodeJS.ErrnoException): void => {
    seen.error = code ?? "no code";
  };
  request.on("error", fail).on("close", resolve);
  request.on("response", (response) => {
    seen.status = response.statusCode ?? 0;
    seen.headers = response.headers;
    response.setEncoding("utf8").on("error", fail);
    response.on("data", (text: string) => (seen.body += text));
  });
  request.end();
  return seen;
}
