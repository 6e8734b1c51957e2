import type { AccessToken } from "@azure/core-auth";
import type { Answer, Attempt } from "./attempt.ts";
import { isoTime } from "./clock.ts";
import {
  refusalCode,
  TokenError,
  type TokenErrorCode,
  type TokenErrorDetails,
  type TokenHop,
} from "./token-error.ts";
import { withoutTokens } from "./without-tokens.ts";

/**
 * Turns what a credential threw at `hop` into a TokenError, by what was last answered on the wire:
 * the SDK has one error class for all of this flow, loses the socket's error and hides a tenant
 * that does not exist behind its own text.
 */
export function describeFailure(
  hop: TokenHop,
  error: unknown,
  { answer = {}, secrets = [] }: Partial<Attempt> = {},
): TokenError {
  const { status, network, refusal, retryAfterMs } = answer;
  const told = readRefusal(refusal ?? "");
  const details: TokenErrorDetails = {
    ...told.details,
    ...(status !== undefined && { upstreamStatus: status }),
    ...(network !== undefined && { network }),
  };
  const message = withoutTokens(told.text ?? summary(answer, error), secrets);
  const code = codeOf(hop, answer, details.aadsts);
  return new TokenError(hop, code, message, details, {
    // Text only: the SDK's error repeats the answer and holds its whole client until its stack is read.
    cause: new Error(withoutTokens(String(error), secrets)),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** The failure of `hop` when it answers with a token that has expired at `now`, by this clock. */
export function expiredAnswer(hop: TokenHop, token: AccessToken, now: number): TokenError {
  const expiry = isoTime(token.expiresOnTimestamp) ?? "no time that can be read";
  const message = `the answer is a token that expired at ${expiry}; this machine's clock says ${isoTime(now)}`;
  return new TokenError(hop, "ERR_UPSTREAM_UNAVAILABLE", message, { expiredToken: true });
}

/** "The service is temporarily unavailable" and its kind: Entra sends them with 4xx as well. */
const transientAadsts = new Set([50_033, 50_196, 90_012, 90_024, 90_033, 90_055]);

function codeOf(hop: TokenHop, answer: Answer, aadsts: number | undefined): TokenErrorCode {
  const { status, network } = answer;
  const unavailable =
    network !== undefined ||
    (status !== undefined && (status < 400 || status >= 500 || [408, 429].includes(status))) ||
    // The metadata service is being updated (learn.microsoft.com "How to use managed identities on
    // an Azure VM to acquire an access token", error handling).
    (hop === "managed identity" && (status === 404 || status === 410)) ||
    (aadsts !== undefined && transientAadsts.has(aadsts));
  return unavailable ? "ERR_UPSTREAM_UNAVAILABLE" : refusalCode(hop);
}

function summary({ status, network }: Answer, error: unknown): string {
  if (network !== undefined) return `no answer (${network})`;
  if (status === undefined) return error instanceof Error ? error.message : String(error);
  return `answered ${status} ${status < 400 ? "without a token" : "without a reason"}`;
}

/** Entra's JSON (reference: error codes), App Service's {message} or the metadata service's. */
function readRefusal(body: string): { text?: string; details: TokenErrorDetails } {
  const fields = parseObject(body);
  const { error_description: description, message, error } = fields;
  const text = [description, message, error].find((value) => typeof value === "string");
  const aadsts = /AADSTS(\d+)/.exec(text ?? "")?.[1];
  const traceId = textOf(fields["trace_id"]) ?? /Trace ID: ([0-9a-f-]{36})/i.exec(text ?? "")?.[1];
  const correlationId = textOf(fields["correlation_id"]) ?? textOf(fields["correlationId"]);
  // Entra repeats the ids at the end of its text.
  const shown = text?.replace(/\s+Trace ID:[^]*$/, "");
  return {
    ...(shown && { text: shown }),
    details: {
      ...(aadsts !== undefined && { aadsts: Number(aadsts) }),
      ...(traceId !== undefined && { traceId }),
      ...(correlationId !== undefined && { correlationId }),
    },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
