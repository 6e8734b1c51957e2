import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, Next } from "hono";
import { cutBody } from "./cut-body.ts";
import type { RequestFault } from "./fault.ts";
import type { MetFault } from "./faults.ts";
import { resetConnection } from "./reset-connection.ts";

/** How a service refuses a request with a status, in its own form. */
export type AnswerStatus = (request: Request, status: number, message: string) => Response;

/** The form of Resource Manager, Graph and Key Vault, in no words of theirs. */
export const answerInjected: AnswerStatus = (_, status, message) =>
  Response.json({ error: { code: "InjectedFault", message } }, { status });

/** Handles a request that has met a fault. `next` carries it out. */
export async function applyFault(
  met: MetFault,
  c: Context,
  next: Next,
  answerStatus: AnswerStatus,
): Promise<void> {
  const { kind, when } = met.fault;
  if (kind === "hang-mid-body" && met.fault.afterBytes !== undefined) {
    await next();
    c.res = cutBody(c.res, met.fault.afterBytes, met.released);
    return;
  }
  if (when === "after") await next();
  if (kind === "latency") await pause(met.fault.milliseconds, met.released);
  else await replaceAnswer(c, met, answerStatus);
  if (kind === "latency" && when !== "after") await next();
}

async function replaceAnswer(c: Context, met: MetFault, answer: AnswerStatus): Promise<void> {
  if (met.fault.when === "after") {
    await c.res.body?.cancel();
    // Hono merges the headers of the answer it replaces; the lost answer must leave no trace.
    c.res = undefined;
  }
  c.res = await faultyAnswer(c, met, answer);
}

async function faultyAnswer(c: Context, met: MetFault, answer: AnswerStatus): Promise<Response> {
  const { fault, released } = met;
  if (fault.kind === "status") return refuse(c.req.raw, fault, answer);
  if (fault.kind === "html") return page();
  const outgoing = outgoingOf(c, fault.kind);
  if (fault.kind === "reset" && outgoing.socket !== null) resetConnection(outgoing.socket);
  if (fault.kind === "hang-mid-body") {
    outgoing.writeHead(200, { "content-type": "application/json" });
    outgoing.write('{"');
  }
  if (fault.kind !== "reset") await hang(outgoing, released);
  return RESPONSE_ALREADY_SENT;
}

function refuse(
  request: Request,
  { status, retryAfterSeconds, when = "before" }: RequestFault & { kind: "status" },
  answer: AnswerStatus,
): Response {
  const response = answer(request, status, `injected fault ${when} the commit`);
  if (retryAfterSeconds !== undefined)
    response.headers.set("retry-after", String(retryAfterSeconds));
  return response;
}

function page(): Response {
  const body = "<!DOCTYPE html><html><body><h1>injected fault</h1></body></html>";
  return new Response(body, { headers: { "content-type": "text/html" } });
}

/** Until the client has left, or the fault is taken away. */
async function hang(outgoing: ServerResponse, released: AbortSignal): Promise<void> {
  if (!outgoing.destroyed) await settled(once(outgoing, "close", { signal: released }));
  outgoing.destroy();
}

async function pause(milliseconds: number, released: AbortSignal): Promise<void> {
  await settled(delay(milliseconds, undefined, { signal: released }));
}

/** Both waits above reject when the fault is taken away, which is one more way for them to be over. */
async function settled(wait: Promise<unknown>): Promise<void> {
  await wait.catch(() => undefined);
}

/** `@hono/node-server` gives it; an app that is called without a socket has none. */
function outgoingOf(c: Context, kind: RequestFault["kind"]): ServerResponse {
  const { outgoing } = { ...(c.env as { readonly outgoing?: ServerResponse } | undefined) };
  if (outgoing === undefined)
    throw new Error(`a fault of kind "${kind}" takes a server that listens`);
  return outgoing;
}
