import type { Json } from "../arbitraries/nasty-json.ts";
import type { FuzzAnswer, Send } from "../fuzz-client.ts";

/** One valid request of a model; a text is sent as it is. Throws for an answer that is neither a success nor 404. */
export type Ask = (method: string, path: string, body?: Json) => Promise<FuzzAnswer>;

/** Requests to one origin, each with these headers. */
export function asking(send: Send, origin: string, headers: Readonly<Record<string, string>>): Ask {
  return async (method, path, body) => {
    const content = typeof body === "string" ? body : JSON.stringify(body);
    const sent = { route: path, origin, method, path, headers };
    const answer = await send(body === undefined ? sent : { ...sent, body: content });
    if (answer.status < 300 || answer.status === 404) return answer;
    throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body}`);
  };
}

/** A field of a JSON answer, reached by its names; undefined for 404. */
export function fieldOf({ status, body }: FuzzAnswer, ...names: string[]): string | undefined {
  if (status === 404) return undefined;
  const value = names.reduce<unknown>(
    (inner, name) => (inner as Readonly<Record<string, unknown>> | undefined)?.[name],
    JSON.parse(body),
  );
  return typeof value === "string" ? value : undefined;
}

/** A field of every item of a JSON list. */
export function eachOf({ body }: FuzzAnswer, name: string): string[] {
  const { value } = JSON.parse(body) as { value: Readonly<Record<string, unknown>>[] };
  return value.map((item) => String(item[name]));
}
