import {
  createDefaultHttpClient,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import type { Place } from "./faults.ts";

/** TCPMUX, which nobody serves any more; a port that was free a moment ago may be another process's by now. */
const closedPort = "1";

/** Names a request, so that the server can say which ones it does not answer. */
export const requestIdHeader = "x-test-request";

/** The SDK's own HTTP client, which tells what is under way and can find a port closed. */
export class ObservedClient implements HttpClient {
  readonly #inner = createDefaultHttpClient();
  readonly #tlsSettings: { readonly ca: string };
  /** Ids of the requests under way. */
  readonly inFlight = new Set<string>();
  #calls = noCalls();
  /** Where nobody listens. */
  refused?: Place | undefined;
  #requests = 0;

  constructor(ca: string) {
    // One object for all requests: connections are kept by it.
    this.#tlsSettings = { ca };
  }

  /** Requests sent since the last reset, also those that no server saw. */
  resetCalls(): Record<Place, number> {
    const calls = this.#calls;
    this.#calls = noCalls();
    return calls;
  }

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    const place = placeOf(request.url);
    const id = String((this.#requests += 1));
    this.#calls[place] += 1;
    request.headers.set(requestIdHeader, id);
    request.tlsSettings = this.#tlsSettings;
    if (place === this.refused) {
      const url = new URL(request.url);
      url.port = closedPort;
      request.url = url.href;
    }
    this.inFlight.add(id);
    try {
      return await this.#inner.sendRequest(request);
    } finally {
      this.inFlight.delete(id);
    }
  }
}

/** Which part of the flow a request belongs to. */
export function placeOf(url: string): Place {
  if (url.includes("/msi/token")) return "managed identity";
  return url.includes("/openid-configuration") ? "discovery" : "token exchange";
}

function noCalls(): Record<Place, number> {
  return { "managed identity": 0, discovery: 0, "token exchange": 0 };
}
