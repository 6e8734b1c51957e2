import type { Context } from "hono";
import { notImplemented } from "./graph-error.ts";
import type { GraphEnv } from "./graph.ts";

const EQUALS = /^\s*(\w+)\s+eq\s+'((?:[^']|'')*)'\s*$/i;

/**
 * Answers a collection, filtered by `$filter=<property> eq '<text>'`. Every other query option is answered 501, because
 * ignoring one would give a wrong answer.
 */
export function answerCollection(
  c: Context<GraphEnv>,
  context: string,
  items: readonly object[],
): Response {
  const query = c.req.query();
  const unknown = Object.keys(query).find((name) => name.startsWith("$") && name !== "$filter");
  if (unknown !== undefined) throw notImplemented(`query option ${unknown}`);
  const filter = query["$filter"];
  const value = filter === undefined ? items : items.filter(equality(filter));
  return Response.json({ "@odata.context": contextOf(c, context), value });
}

/** The `@odata.context` of an answer. */
export function contextOf(c: Context<GraphEnv>, context: string): string {
  const { origin } = new URL(c.req.url);
  return `${origin}/${c.req.param("version") ?? "v1.0"}/$metadata#${context}`;
}

function equality(filter: string): (item: object) => boolean {
  const match = EQUALS.exec(filter);
  if (match === null) throw notImplemented(`$filter=${filter}`);
  const [, property = "", quoted = ""] = match;
  const wanted = quoted.replaceAll("''", "'").toLowerCase();
  return (item) => {
    const value = Object.entries(item).find(([name]) => name === property)?.[1] as unknown;
    if (value === undefined) throw notImplemented(`$filter on ${property}`);
    return typeof value === "string" && value.toLowerCase() === wanted;
  };
}
