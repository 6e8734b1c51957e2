import { isJsonObject, type JsonObject } from "../base/json.ts";
import { GraphError, unreadable } from "./engine/errors.ts";
import { jsonBody } from "./engine/json-body.ts";
import { json } from "./engine/respond.ts";
import type { GraphRequest, GraphRoute } from "./engine/route.ts";

const MAX_REQUESTS = 20;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Several requests in one (graph/json-batching). They are answered one after another, in the order they stand in. */
export const batchRoutes: readonly GraphRoute[] = [
  {
    method: "POST",
    path: "/$batch",
    document: "graph/json-batching",
    supported: "partly",
    missing: "bodies other than JSON",
    verified: "document",
    permissions: [],
    handle: async (request) => {
      const responses: BatchResponse[] = [];
      for (const step of readSteps(jsonBody(request))) {
        const failed = step.dependsOn.some((id) => !succeeded(responses, id));
        responses.push(failed ? failedDependency(step) : await run(request, step));
      }
      return json({ responses });
    },
  },
];

interface BatchStep {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

interface BatchResponse {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Code and text on too many steps were observed; the texts on malformed steps are unverified. */
function readSteps({ requests }: JsonObject): readonly BatchStep[] {
  if (!Array.isArray(requests)) throw unreadable("Invalid batch payload format.");
  if (requests.length > MAX_REQUESTS) {
    throw new GraphError(
      400,
      "MaximumValueExceeded",
      `Number of batch request steps exceeds the maximum value of ${MAX_REQUESTS}.`,
    );
  }
  const steps = requests.map(readStep);
  const ids = new Set(steps.map(({ id }) => id.toLowerCase()));
  if (ids.size < steps.length) throw unreadable("Request Id's has to be unique in a batch.");
  for (const { dependsOn } of steps) {
    const unknown = dependsOn.find((id) => !ids.has(id.toLowerCase()));
    if (unknown !== undefined) throw unreadable(`Invalid batch request dependency: ${unknown}.`);
  }
  return steps;
}

function readStep(step: unknown): BatchStep {
  const { id, method, url, headers = {}, body, dependsOn = [] } = isJsonObject(step) ? step : {};
  if (typeof id !== "string" || typeof method !== "string" || typeof url !== "string") {
    throw unreadable("Write request id, method or url is missing.");
  }
  if (!METHODS.includes(method.toUpperCase())) {
    throw unreadable(`Method ${method} is not allowed in a batch.`);
  }
  if (/^\/?\$batch\b/i.test(url)) throw unreadable("A batch cannot hold another one.");
  const names = Array.isArray(dependsOn) ? dependsOn.filter((e) => typeof e === "string") : [];
  const read = readHeaders(headers);
  requireDeclaredBody(id, method.toUpperCase(), read, body);
  return { id, method, url, headers: read, body, dependsOn: names };
}

/** Both observed (microsoftgraph/msgraph-sdk-dotnet issue 2628, Softeria/ms-365-mcp-server issue 677): they refuse the batch. */
function requireDeclaredBody(id: string, method: string, headers: Headers, body: unknown): void {
  if (!["POST", "PUT", "PATCH"].includes(method)) return;
  if (body === undefined) {
    throw unreadable(`Write request id : ${id} does not contain Content-Type header or body.`);
  }
  if (!headers.get("content-type")) {
    throw unreadable(`Write request with id '${id}' does not contain a Content-Type header.`);
  }
}

function readHeaders(fields: unknown): Headers {
  const headers = new Headers();
  try {
    for (const [name, value] of Object.entries(isJsonObject(fields) ? fields : {})) {
      if (typeof value === "string") headers.set(name, value);
    }
    return headers;
  } catch {
    throw unreadable("A request of the batch has a header that is not one.");
  }
}

function succeeded(responses: readonly BatchResponse[], id: string): boolean {
  const response = responses.find((each) => each.id.toLowerCase() === id.toLowerCase());
  return response !== undefined && response.status < 400;
}

async function run(request: GraphRequest, step: BatchStep): Promise<BatchResponse> {
  const { url, version } = request;
  const headers = new Headers(step.headers);
  // A step is the batch's caller's, whatever headers it brings along.
  headers.set("authorization", request.headers.get("authorization") ?? "");
  const method = step.method.toUpperCase();
  const takesBody = method !== "GET" && method !== "HEAD" && step.body !== undefined;
  const address = `${url.origin}/${version}/${step.url.replace(/^\//, "")}`;
  const response = await request.send(
    new Request(address, {
      method,
      headers,
      ...(takesBody && { body: JSON.stringify(step.body) }),
    }),
  );
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  return {
    id: step.id,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    // What is not JSON is shown in base64.
    ...(bytes.length > 0 && {
      body: isJson ? (JSON.parse(bytes.toString()) as unknown) : bytes.toString("base64"),
    }),
  };
}

function failedDependency({ id }: BatchStep): BatchResponse {
  const error = { code: "FailedDependency", message: "Failed Dependency" };
  return { id, status: 424, headers: { "content-type": "application/json" }, body: { error } };
}
