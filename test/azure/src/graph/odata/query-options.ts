import { notImplemented, unreadable, unsupportedQuery } from "../engine/errors.ts";
import type { GraphRequest } from "../engine/route.ts";
import { betaProperties, type EntityType } from "./entity-type.ts";
import type { Filter } from "./filter.ts";
import type { Order } from "./page.ts";
import { parseFilter } from "./parse-filter.ts";
import { requireFilterable } from "./require-filterable.ts";

/** The query options of a request that shows entities. */
export interface QueryOptions {
  readonly filter: Filter | undefined;
  readonly order: Order | undefined;
  readonly select: readonly string[] | undefined;
  readonly expandOwners: boolean;
  readonly top: number;
  readonly skipToken: string | undefined;
  /** Whether the number of all entities is to be told. */
  readonly count: boolean;
}

/** Entities on a page when nothing is said (graph/paging). */
const DEFAULT_PAGE = 100;
const MAX_PAGE = 999;
const NAMES = [
  "filter",
  "orderby",
  "select",
  "expand",
  "top",
  "skiptoken",
  "count",
  "search",
  "skip",
  "format",
];

/**
 * Reads the options of a request (graph/query-parameters); the `$` may be left out. Throws Graph's 400, or 501 for an
 * option that Graph would answer and that is not emulated: ignoring one would give a wrong answer.
 */
export function readQueryOptions(
  { url, headers, version }: Pick<GraphRequest, "url" | "headers" | "version">,
  type: EntityType,
): QueryOptions {
  const option = (name: string) => url.searchParams.get(`$${name}`) ?? url.searchParams.get(name);
  const unknown = [...url.searchParams.keys()].find(
    (name) => name.startsWith("$") && !NAMES.includes(name.slice(1)),
  );
  if (unknown !== undefined) throw notImplemented(`query option ${unknown}`);
  const eventual = isEventual(headers);
  refuseSearchAndSkip(option("search"), option("skip"), eventual);
  // Without the header the directory ignores $count (graph/aad-advanced-queries, "Error handling").
  const count = option("count") === "true" && eventual;
  const filter = readFilter(option("filter"), type, count);
  return {
    filter,
    order: readOrder(option("orderby"), type, count),
    select: readSelect(option("select"), type, version),
    expandOwners: readExpand(option("expand"), type),
    top: readTop(option("top")),
    skipToken: option("skiptoken") ?? undefined,
    count,
  };
}

/** Whether the client accepts an answer that is a little behind, which advanced queries take (graph/aad-advanced-queries). */
export function isEventual(headers: Headers): boolean {
  return headers.get("consistencylevel")?.toLowerCase() === "eventual";
}

/** That a search needs the header is documented in graph/aad-advanced-queries; the text on $skip is unverified. */
function refuseSearchAndSkip(search: string | null, skip: string | null, eventual: boolean): void {
  if (skip !== null) throw unreadable("'$skip' is not supported by the service.");
  if (search === null) return;
  if (eventual) throw notImplemented("query option $search");
  throw unsupportedQuery(
    "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
  );
}

function readFilter(text: string | null, type: EntityType, advanced: boolean): Filter | undefined {
  if (text === null) return undefined;
  const filter = parseFilter(text);
  requireFilterable(type, filter, advanced);
  return filter;
}

/** Sorting applications and service principals is an advanced query (text observed, microsoft-graph-docs#9711). */
function readOrder(text: string | null, type: EntityType, advanced: boolean): Order | undefined {
  if (text === null) return undefined;
  const [, property = "", direction] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? [];
  if (!advanced || type.properties[property]?.sortable !== true) {
    throw unsupportedQuery("Sorting not supported for current query.");
  }
  return { property, descending: direction?.toLowerCase() === "desc" };
}

/** Text observed in msgraph-beta-sdk-dotnet#563. */
function readSelect(text: string | null, type: EntityType, version: string) {
  if (text === null) return undefined;
  const selected = text.split(",").map((property) => property.trim());
  if (selected.includes("*")) return undefined;
  const properties = [...Object.keys(type.properties), ...betaProperties(type, version)];
  const unknown = selected.find((property) => !properties.includes(property));
  if (unknown === undefined) return selected;
  throw unreadable(
    `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.${type.name}'.`,
  );
}

function readExpand(text: string | null, { name }: EntityType): boolean {
  if (text === null) return false;
  if (text.trim() === "owners" && ["application", "servicePrincipal"].includes(name)) return true;
  throw notImplemented(`$expand=${text}`);
}

/** The text on sizes out of range was observed; that on texts is the OData library's own, and unverified. */
function readTop(text: string | null): number {
  if (text === null) return DEFAULT_PAGE;
  if (!/^\d+$/.test(text)) {
    throw unreadable(
      `Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`,
    );
  }
  const top = Number(text);
  if (top >= 1 && top <= MAX_PAGE) return top;
  throw unsupportedQuery(
    `Invalid page size specified: '${text}'. Must be between 1 and ${MAX_PAGE} inclusive.`,
  );
}
