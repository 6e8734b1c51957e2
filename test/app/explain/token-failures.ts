import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
} from "@azure/core-rest-pipeline";
import { createCrossTenantTokens, type TokenHop } from "cross-tenant-tokens";
import { toAppError, type AppError } from "../../../app/app-error.ts";
import { ManualClock } from "../../../app/token/test/manual-clock.ts";

/** What the token endpoint answers with `number` comes out of the token module as this. */
export function entraFailure(number: number, text = "refused."): Promise<AppError> {
  const refusal = JSON.stringify({
    error: "invalid_client",
    error_description: `AADSTS${number}: ${text} Trace ID: 6fa1e4ef-4b52-4a3c-9a5b-000000000001 Correlation ID: 6fa1e4ef-4b52-4a3c-9a5b-000000000002 Timestamp: 2026-01-15 12:00:00Z`,
    error_codes: [number],
    trace_id: "6fa1e4ef-4b52-4a3c-9a5b-000000000001",
    correlation_id: "6fa1e4ef-4b52-4a3c-9a5b-000000000002",
  });
  return answered("token exchange", { status: 401, body: refusal });
}

/** What the identity endpoint answers comes out of the token module as this. */
export function identityFailure(status: number, body: unknown): Promise<AppError> {
  return answered("managed identity", { status, body: JSON.stringify(body) });
}

/** What comes back to the request of a hop: an answer, the socket's error code, a token that expired, or nothing. */
type Answer =
  | { readonly status: number; readonly body?: string }
  | { readonly network: string }
  | "expired token"
  | "nothing";

/** What comes back at `hop` comes out of the token module as this. */
export async function answered(hop: TokenHop, answer: Answer): Promise<AppError> {
  const clock = new ManualClock();
  const token = (expiresInMs: number) => ({
    token: "token",
    expiresOnTimestamp: clock.now() + expiresInMs,
  });
  const failing = (client: HttpClient) => ({
    async getToken() {
      if (answer === "expired token") return token(0);
      await client.sendRequest(createPipelineRequest({ url: "https://upstream" }));
      throw new Error("the SDK's own words");
    },
  });
  const healthy = () => ({ getToken: () => Promise.resolve(token(3_600_000)) });
  const tokens = createCrossTenantTokens({
    identityCredential: hop === "managed identity" ? failing : healthy,
    identityScope: "scope",
    tenantCredential: (_tenant, _assertion, client) => failing(client),
    httpClient: upstream(answer),
    clock,
    random: () => 0,
  });
  const failure = tokens.credential("tenant").getToken("scope").then(noFailure, toAppError);
  try {
    return await clock.passUntil(failure);
  } finally {
    tokens.close();
  }
}

function upstream(answer: Answer): HttpClient {
  return {
    async sendRequest(request) {
      if (typeof answer === "string") return new Promise(() => undefined);
      if ("network" in answer)
        throw Object.assign(new Error("no answer"), { code: answer.network });
      const { status, body } = answer;
      return {
        request,
        status,
        headers: createHttpHeaders(),
        ...(body !== undefined && { bodyAsText: body }),
      };
    },
  };
}

function noFailure(): never {
  throw new Error("the exchange succeeded");
}
