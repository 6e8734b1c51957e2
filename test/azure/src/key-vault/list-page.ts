import { badParameter } from "./errors.ts";
import type { VaultRequest } from "./route.ts";

/** The most that one answer holds, and what it holds when the client does not say (Key Vault REST reference, `maxresults`). */
const maxResults = 25;

/** One page of a list in the order of its keys, with the link to the next, null on the last. Throws BadParameter. */
export function listPage<T>(
  { origin, query }: VaultRequest,
  path: string,
  items: readonly (readonly [key: string, item: T])[],
  render: (item: T) => object,
): object {
  const size = pageSize(query.get("maxresults"));
  const after = Buffer.from(query.get("$skiptoken") ?? "", "base64url").toString();
  const rest = items.filter(([key]) => key > after).sort(([a], [b]) => (a < b ? -1 : 1));
  const page = rest.slice(0, size);
  const last = page.at(-1)?.[0];
  const nextLink =
    last === undefined || rest.length <= size
      ? null
      : `${origin}${path}?api-version=${query.get("api-version")}&$skiptoken=${Buffer.from(last).toString("base64url")}&maxresults=${size}`;
  return { value: page.map(([, item]) => render(item)), nextLink };
}

function pageSize(text: string | null): number {
  if (text === null) return maxResults;
  const size = Number(text);
  if (/^\d+$/.test(text) && size >= 1 && size <= maxResults) return size;
  throw badParameter(`maxresults is "${text}", it must be from 1 to ${maxResults}`);
}
