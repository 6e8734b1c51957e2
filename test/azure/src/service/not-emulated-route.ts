import type { NotFoundHandler } from "hono";

/** Answers 501 naming method and path: what the local Azure does not know, it says so. */
export const notEmulated: NotFoundHandler = (c) => {
  const message = `${c.req.method} ${c.req.path} is not emulated by the local Azure`;
  return c.json({ error: { code: "NotImplemented", message } }, 501);
};
