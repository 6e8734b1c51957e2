import { setTimeout as delay } from "node:timers/promises";
import { graphError } from "./graph-error.ts";

/** Where the real provider waits 1, 2, 4 ... 61 s and gives up after ten minutes, this one does not keep anybody waiting. */
const pausesMilliseconds = [50, 100, 200, 400];

/** A whole answer of Graph. */
export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
}

/**
 * Sends a request and repeats it as the real provider's client does (hashicorp/go-azure-sdk, sdk/client/client.go): after
 * status 408, 424, 429 and 5xx but 501 whatever the method, so that a creation whose answer was lost is sent a second time;
 * after a connection that was lost only what reads.
 *
 * @param passing matches refusals of other statuses that pass by themselves, code and text
 */
export async function sendWithRetries(
  url: URL,
  request: RequestInit,
  cancelled: AbortSignal,
  passing?: RegExp,
): Promise<Answer> {
  for (const pause of pausesMilliseconds) {
    const answer = await send(url, request);
    if (answer !== undefined && !isPassing(answer, passing)) return answer;
    await delay(answer?.retryAfterMilliseconds ?? pause, undefined, { signal: cancelled });
  }
  const last = await send(url, request);
  if (last === undefined) throw new Error(`${url.origin} cannot be reached`);
  return last;
}

/** Undefined when no answer came to a request that can be sent again. */
async function send(
  url: URL,
  request: RequestInit,
): Promise<(Answer & { readonly retryAfterMilliseconds?: number }) | undefined> {
  try {
    const response = await fetch(url, request);
    const { status, ok } = response;
    const seconds = Number(response.headers.get("retry-after") ?? "none");
    const text = await response.text();
    return {
      status,
      ok,
      text,
      ...(Number.isInteger(seconds) && { retryAfterMilliseconds: seconds * 1000 }),
    };
  } catch (cause) {
    if (request.method === "GET") return undefined;
    throw new Error("HTTP response was nil; connection may have been reset", { cause });
  }
}

function isPassing({ status, ok, text }: Answer, passing?: RegExp): boolean {
  if ([408, 424, 429].includes(status) || (status >= 500 && status !== 501)) return true;
  return !ok && passing?.test(graphError(status, text).said) === true;
}
