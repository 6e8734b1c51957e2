import { badRequest } from "../engine/errors.ts";
import { json } from "../engine/respond.ts";
import type { GraphRequest } from "../engine/route.ts";
import { betaProperties, type EntityType } from "./entity-type.ts";
import { matchesFilter, type Shown } from "./matches-filter.ts";
import { pageAfter, tokenAfter } from "./page.ts";
import { isEventual, readQueryOptions } from "./query-options.ts";

/** How many related objects `$expand` shows at most (graph/known-issues, "query parameter limitations"). */
const MAX_EXPANDED = 20;

/** Shows the owners of an entity, for `$expand=owners`. */
export type ShowOwners = (item: Shown) => readonly Shown[];

/**
 * Answers a collection: filtered, sorted, one page of it, and of each entity what `$select` names (graph/paging). `context`
 * is what follows `$metadata#`.
 */
export function answerCollection(
  request: GraphRequest,
  type: EntityType,
  context: string,
  items: readonly Shown[],
  showOwners: ShowOwners = () => [],
): Response {
  const options = readQueryOptions(request, type);
  const { filter, order, select, expandOwners, top, skipToken, count } = options;
  const found = filter === undefined ? items : items.filter((item) => matchesFilter(item, filter));
  const rest = pageAfter(found, order, skipToken);
  const page = rest.slice(0, top);
  const last = page.at(-1);
  const next = rest.length > top && last !== undefined ? tokenAfter(last, order) : undefined;
  return json({
    "@odata.context": contextUrl(request, `${context}${selection(select, expandOwners)}`),
    ...(count && { "@odata.count": found.length }),
    ...(next !== undefined && { "@odata.nextLink": nextLink(request.url, next) }),
    value: page.map((item) => show(whole(request, type, item), select, expandOwners, showOwners)),
  });
}

/** Answers one entity that was found, with `$select` and `$expand`. */
export function answerEntity(
  request: GraphRequest,
  type: EntityType,
  context: string,
  item: Shown,
  showOwners: ShowOwners = () => [],
): Response {
  const { select, expandOwners } = readQueryOptions(request, type);
  const named = `${context}${selection(select, expandOwners)}/$entity`;
  return json({
    "@odata.context": contextUrl(request, named),
    ...show(whole(request, type, item), select, expandOwners, showOwners),
  });
}

/** Answers one entity that was made: 201, in full. */
export function answerCreated(request: GraphRequest, context: string, item: Shown): Response {
  const named = contextUrl(request, `${context}/$entity`);
  const answer = json({ "@odata.context": named, ...item }, 201);
  answer.headers.set("location", placeOf(request, context, String(item["id"])));
  return answer;
}

/** Where a new object is, in the directory's own words (recorded on every 201). */
function placeOf({ azure, caller }: GraphRequest, context: string, id: string): string {
  const directory = `${azure.endpoints.graph}/v2/${caller.tenantId}/directoryObjects/${id}`;
  if (context === "applications") return `${directory}/Microsoft.DirectoryServices.Application`;
  if (context === "servicePrincipals")
    return `${directory}/Microsoft.DirectoryServices.ServicePrincipal`;
  return `${azure.endpoints.graph}/v2/${caller.tenantId}/${context}/${id}`;
}

/** Answers `/<collection>/$count` as text; only to clients that accept eventual consistency (graph/aad-advanced-queries). */
export function answerCount(
  request: GraphRequest,
  type: EntityType,
  items: readonly Shown[],
): Response {
  if (!isEventual(request.headers)) throw badRequest("$count is not currently supported.");
  const url = new URL(request.url);
  // What $count=true says in a query string, the segment says here.
  url.searchParams.set("$count", "true");
  const { filter } = readQueryOptions({ ...request, url }, type);
  const found = filter === undefined ? items : items.filter((item) => matchesFilter(item, filter));
  return new Response(String(found.length), { headers: { "content-type": "text/plain" } });
}

/** The absolute `@odata.context` of an answer. */
export function contextUrl({ url, version }: GraphRequest, context: string): string {
  return `${url.origin}/${version}/$metadata#${context}`;
}

/** An entity with what the request's version of Graph shows of it alone. */
function whole({ version }: GraphRequest, type: EntityType, item: Shown): Shown {
  const nothing = betaProperties(type, version).map((name) => [name, null] as const);
  return { ...item, ...Object.fromEntries(nothing) };
}

function show(
  item: Shown,
  select: readonly string[] | undefined,
  expandOwners: boolean,
  showOwners: ShowOwners,
): Shown {
  const selected =
    select === undefined
      ? item
      : Object.fromEntries(
          Object.entries(item).filter(
            ([name]) => select.includes(name) || name.startsWith("@odata"),
          ),
        );
  return expandOwners ? { ...selected, owners: showOwners(item).slice(0, MAX_EXPANDED) } : selected;
}

function selection(select: readonly string[] | undefined, expandOwners: boolean): string {
  const names = [...(select ?? []), ...(expandOwners ? ["owners()"] : [])];
  return names.length === 0 ? "" : `(${names.join(",")})`;
}

function nextLink(url: URL, token: string): string {
  const next = new URL(url);
  next.searchParams.delete("skiptoken");
  next.searchParams.set("$skiptoken", token);
  return next.href;
}
