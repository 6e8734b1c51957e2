import { AsyncLocalStorage } from "node:async_hooks";
import type { HttpClient, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";

/** What came back to the last request of an attempt. The SDK's errors keep little of it. */
export interface Answer {
  readonly status?: number;
  /** The body of a refusal. Of other answers it is not kept: a token is in it. */
  readonly refusal?: string;
  readonly retryAfterMs?: number;
  /** The upstream's own time, in milliseconds since the Unix epoch. */
  readonly serverTime?: number;
  /** The socket's error code when there was no answer. */
  readonly network?: string;
}

/** One call of an SDK credential. */
export interface Attempt {
  readonly signal: AbortSignal;
  answer?: Answer;
  /** What the last request proved itself with: no error may repeat it. */
  secrets?: readonly string[];
}

const current = new AsyncLocalStorage<Attempt>();
const longestRefusal = 10_000;
/** Nothing that an upstream says may keep a recovered tenant out for longer. */
const longestRetryAfterMs = 60_000;

/** Runs `work` so that every request it makes through an attempt client belongs to `attempt`. */
export function runAttempt<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
  return current.run(attempt, work);
}

/**
 * An HTTP client whose requests can really be cancelled and whose answers are seen. `@azure/identity`
 * has no timeout, ignores the abort signal given to getToken and keeps the first managed identity's
 * client for the whole process, so an attempt cannot be told by argument or by instance: it travels
 * with the async context.
 */
export function attemptClient(inner: HttpClient): HttpClient {
  return {
    async sendRequest(request) {
      const attempt = current.getStore();
      if (attempt === undefined) return inner.sendRequest(request);
      request.abortSignal = attempt.signal;
      attempt.secrets = secretsOf(request);
      try {
        const response = await inner.sendRequest(request);
        attempt.answer = answerOf(response);
        return response;
      } catch (error) {
        attempt.answer = { network: networkCode(error) };
        throw error;
      }
    },
  };
}

function secretsOf({ headers, body }: PipelineRequest): string[] {
  const form = new URLSearchParams(typeof body === "string" ? body : "");
  const secrets = [headers.get("x-identity-header"), form.get("client_assertion")];
  return secrets.flatMap((secret) => (secret ? [secret] : []));
}

function answerOf({ status, headers, bodyAsText }: PipelineResponse): Answer {
  const retryAfterMs = readRetryAfter(headers.get("retry-after"), headers.get("date"));
  const serverTime = Date.parse(headers.get("date") ?? "");
  return {
    status,
    ...(status >= 400 && bodyAsText && { refusal: bodyAsText.slice(0, longestRefusal) }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(!Number.isNaN(serverTime) && { serverTime }),
  };
}

/** Seconds or a date (RFC 9110 section 10.2.3), a minute at most; a date counts from the answer's own. */
function readRetryAfter(value: string | undefined, date: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - Date.parse(date ?? "");
  return ms >= 0 ? Math.min(ms, longestRetryAfterMs) : undefined;
}

function networkCode(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : "no code";
}
