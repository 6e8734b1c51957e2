import type { MiddlewareHandler } from "hono";

/** Providers that answer JSON without a charset. */
const plain = /\/providers\/Microsoft\.(?:Web|Storage)\/[^/]+/i;
/** The list of a type over a whole subscription, which Resource Manager puts together. */
const wholeSubscription = /^\/+subscriptions\/[^/]+\/providers\/[^/]+\/[^/]+$/i;

/**
 * Content types as recorded: Resource Manager and most providers say `charset=utf-8`, Microsoft.Web and Microsoft.Storage say nothing,
 * but where Resource Manager answers in their place; and Microsoft.Storage calls an empty answer text.
 */
export const contentTypes: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers, status, body } = c.res;
  const { method } = c.req;
  const provided = c.req.path.split(/(?=\/providers\/)/i).at(-1) ?? "";
  const isPlain = plain.test(provided) && !headers.has("x-ms-failure-cause");
  const isList = method === "GET" && wholeSubscription.test(c.req.path);
  if (headers.get("content-type") === "application/json" && (!isPlain || isList))
    c.header("content-type", "application/json; charset=utf-8");
  if (/^\/providers\/Microsoft\.KeyVault\//i.test(provided) && status < 400)
    c.header("x-ms-keyvault-service-version", "1.5.885.0");
  const isStorage = isPlain && /Microsoft\.Storage/i.test(provided);
  if (isStorage && body === null && (status === 200 || status === 202))
    c.header("content-type", "text/plain; charset=utf-8");
};
