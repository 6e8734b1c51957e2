import type { MiddlewareHandler } from "hono";
import { readBody } from "./read-body.ts";

/** Refuses bodies above `maxBytes` with 413, so that no request can fill the memory of a service. */
export function limitBody(maxBytes: number): MiddlewareHandler {
  const message = `the request's body exceeds ${maxBytes} bytes`;
  return async (c, next) => {
    const { raw } = c.req;
    if (raw.body === null) return next();
    const body = await readBody(raw, maxBytes);
    if (body === undefined)
      return c.json({ error: { code: "RequestEntityTooLarge", message } }, 413);
    const { url, method, headers } = raw;
    c.req.raw = new Request(url, { method, headers, body: body.length === 0 ? null : body });
    return next();
  };
}
