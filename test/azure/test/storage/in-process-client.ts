import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { TokenCredential } from "@azure/core-auth";
import {
  AnonymousCredential,
  BlobServiceClient,
  type HttpOperationResponse,
  newPipeline,
  type RequestPolicy,
  type WebResource,
} from "@azure/storage-blob";

/** Answers a request without a socket, as a Hono app does. */
type Answer = (url: string, init: RequestInit) => Response | Promise<Response>;

/** The official client, unmodified but for its transport, which is a function call. No retries. */
export function inProcessClient(
  url: string,
  answer: Answer,
  bearer?: () => Promise<string>,
): BlobServiceClient {
  const credential = bearer === undefined ? new AnonymousCredential() : tokenCredential(bearer);
  const httpClient: Pick<RequestPolicy, "sendRequest"> = {
    sendRequest: (request) => send(answer, request),
  };
  return new BlobServiceClient(
    url,
    newPipeline(credential, { httpClient, retryOptions: { maxTries: 1 } }),
  );
}

function tokenCredential(bearer: () => Promise<string>): TokenCredential {
  return {
    getToken: async () => ({
      token: (await bearer()).replace("Bearer ", ""),
      expiresOnTimestamp: Date.now() + 3_600_000,
    }),
  };
}

async function send(answer: Answer, request: WebResource): Promise<HttpOperationResponse> {
  const { body } = request;
  const sent = body === undefined || body === null ? {} : { body: bodyOf(body), duplex: "half" };
  const response = await answer(request.url, {
    method: request.method,
    headers: request.headers.toJson(),
    ...sent,
  });
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  for (const [name, value] of response.headers) headers.set(name, value);
  const answered = { request, status: response.status, headers };
  if (!request.streamResponseStatusCodes?.has(response.status))
    return { ...answered, bodyAsText: await response.text() };
  const stream = response.body ?? new Blob([]).stream();
  return { ...answered, readableStreamBody: Readable.fromWeb(stream as NodeReadableStream) };
}

/** The bodies that these tests send. */
function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  throw new Error("this transport sends texts and buffers only");
}
