import { TokenError, type TokenErrorDetails, type TokenHop } from "./token-error.ts";

const deepestCause = 4;

/**
 * Turns what `@azure/identity` threw at `hop` into a TokenError. The SDK has one error class for
 * every refusal in this flow and puts the interesting facts in causes and in the message's text.
 */
export function describeRefusal(hop: TokenHop, error: unknown): TokenError {
  const chain = causesOf(error);
  const text = withoutTokens(chain.map((cause) => cause.message).join("\n"));
  const details = detailsOf(chain, text);
  return new TokenError(hop, "refused", summary(text, details.upstreamStatus), details, {
    cause: error,
  });
}

function detailsOf(chain: Error[], text: string): TokenErrorDetails {
  const aadsts = /AADSTS(\d+)/.exec(text)?.[1];
  const traceId = /Trace ID: ([0-9a-f-]{36})/i.exec(text)?.[1];
  const upstreamStatus = firstField(chain, "status", (value) => typeof value === "number");
  const correlationId = firstField(chain, "correlationId", (value) => typeof value === "string");
  return {
    ...(aadsts !== undefined && { aadsts: Number(aadsts) }),
    ...(upstreamStatus !== undefined && { upstreamStatus }),
    ...(traceId !== undefined && { traceId }),
    ...(correlationId !== undefined && correlationId !== "" && { correlationId }),
  };
}

function firstField<T>(
  chain: Error[],
  field: string,
  fits: (value: unknown) => value is T,
): T | undefined {
  return chain.map((cause): unknown => Reflect.get(cause, field)).find(fits);
}

function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  let current = error;
  while (current instanceof Error && chain.length < deepestCause) {
    chain.push(current);
    current = current.cause;
  }
  return chain.length > 0 ? chain : [new Error(String(error))];
}

function summary(text: string, status: number | undefined): string {
  const entra = /AADSTS\d+:[^]*?(?=\s+Trace ID:|\n|$)/.exec(text)?.[0];
  if (entra !== undefined) return entra;
  const description = /Description: (.*?)(?= - Correlation ID|\n|$)/.exec(text)?.[1];
  if (status !== undefined) return `answered ${status}: ${description ?? "without a reason"}`;
  // MSAL has this one code for a broken connection, a redirect and an answer that is not JSON.
  if (text.includes("network_error")) return "no answer, or one that is not JSON";
  // MSAL meets a 401 without a body with a TypeError about its own internals.
  if (text.includes("Cannot read properties of undefined")) return "answered without a token";
  return text.split("\n")[0] ?? text;
}

// No error seen so far carries one; what upstream writes into its messages is not ours to promise.
function withoutTokens(text: string): string {
  return text.replaceAll(/eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, "(token removed)");
}
