import {
  createHttpHeaders,
  RestError,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";

/** What one of the two endpoints answers: a status and a body, or nothing for ever. */
export type Answer = { status: number; body: unknown } | "hang" | "reset";

/** The managed identity endpoint and the login endpoint behind the SDK's HTTP client. */
export class FakeUpstream implements HttpClient {
  readonly requests: PipelineRequest[] = [];
  identity: Answer = "reset";
  login: Answer = "reset";

  /** The requests whose address contains `part`. */
  sent(part: string): PipelineRequest[] {
    return this.requests.filter(({ url }) => url.includes(part));
  }

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    this.requests.push(request);
    const answer = this.#answer(request);
    if (answer === "reset") throw new RestError("read ECONNRESET", { code: "ECONNRESET", request });
    if (answer === "hang") return aborted(request);
    return {
      request,
      status: answer.status,
      headers: createHttpHeaders({ "content-type": "application/json" }),
      bodyAsText: typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body),
    };
  }

  #answer({ url }: PipelineRequest): Answer {
    if (url.startsWith("http://")) return this.identity;
    if (!url.includes("openid-configuration")) return this.login;
    const tenant = url.split("/").slice(0, 4).join("/");
    const body = {
      issuer: `${tenant}/v2.0`,
      token_endpoint: `${tenant}/oauth2/v2.0/token`,
      authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
      jwks_uri: `${tenant}/discovery/v2.0/keys`,
    };
    return { status: 200, body };
  }
}

function aborted({ abortSignal }: PipelineRequest): Promise<never> {
  return new Promise((_resolve, reject) => {
    abortSignal?.addEventListener("abort", () => reject(new Error("the request was aborted")));
  });
}
