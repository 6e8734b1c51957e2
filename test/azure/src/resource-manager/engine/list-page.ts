import type { JsonObject } from "../../base/json.ts";
import { ManagementError } from "./errors.ts";
import type { ManagementRequest } from "./operation.ts";

/** How a client asks a list for a page: by which parameters, and how many items there are at most. */
interface Paging {
  readonly size: string;
  readonly token: string;
  readonly most: number;
}

/** Of Resource Manager itself (learn.microsoft.com/rest/api/resources/resources/list). That a page has 1000 at most is unverified. */
const topPaging: Paging = { size: "$top", token: "$skiptoken", most: 1000 };

/**
 * A page of a list, in the order of ids, with a `nextLink` to the rest. The link's token names the page's last item, so that
 * nothing is lost or shown twice when items come and go between two pages. Throws for a size that is no positive number and
 * for a token that no link had.
 */
export function listPage(
  { azure, id, query }: Pick<ManagementRequest, "azure" | "id" | "query">,
  items: readonly JsonObject[],
  { size, token, most }: Paging = topPaging,
): Response {
  const after = readToken(query, token);
  const left = items
    .map((item) => ({ key: String(item["id"]).toLowerCase(), item }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .filter(({ key }) => after === undefined || key > after);
  const page = left.slice(0, Math.min(readSize(query, size) ?? most, most));
  const value = page.map(({ item }) => item);
  const last = page.at(-1);
  if (last === undefined || page.length === left.length) return Response.json({ value });
  const next = new URLSearchParams(query);
  next.set(token, Buffer.from(last.key).toString("base64url"));
  return Response.json({ value, nextLink: `${azure.endpoints.resourceManager}${id}?${next}` });
}

function readSize(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  const size = Number(given);
  if (!Number.isInteger(size) || size < 1) throw invalid(name, given);
  return size;
}

function readToken(query: URLSearchParams, name: string): string | undefined {
  const given = query.get(name);
  if (given === null || given === "") return undefined;
  const key = Buffer.from(given, "base64url").toString();
  if (!key.startsWith("/subscriptions/")) throw invalid(name, given);
  return key;
}

/** Code and text are unverified. */
function invalid(name: string, value: string): ManagementError {
  return new ManagementError(
    400,
    "InvalidQueryParameterValue",
    `The value '${value}' of the query parameter '${name}' is invalid.`,
  );
}
