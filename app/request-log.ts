import type { MiddlewareHandler } from "hono";
import type { Clock } from "cross-tenant-tokens/time";
import { toAppError } from "./app-error.ts";

/** Writes one structured record. */
export type Log = (record: Readonly<Record<string, unknown>>) => void;

/** Variables that the routes leave for the log line of their request. */
export interface LogVariables {
  target?: string;
}

/** Logs one line a request: never a header, a query or a body, where a token could be. */
export function requestLog(log: Log, clock: Clock): MiddlewareHandler<{ Variables: LogVariables }> {
  return async (c, next) => {
    const started = clock.now();
    await next();
    const target = c.get("target");
    log({
      event: "request",
      method: c.req.method,
      path: new URL(c.req.url).pathname,
      status: c.res.status,
      ms: clock.now() - started,
      ...(target !== undefined && { target }),
      ...(c.error && describe(c.error)),
    });
  };
}

function describe(error: Error): Record<string, unknown> {
  const { code, message, details, cause } = toAppError(error);
  if (code !== "ERR_INTERNAL") return { code, message, ...details };
  return { code, stack: cause instanceof Error ? cause.stack : String(cause) };
}
