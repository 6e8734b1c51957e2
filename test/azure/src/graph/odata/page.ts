import { GraphError } from "../engine/errors.ts";
import type { Shown } from "./matches-filter.ts";

/** What `$orderby` asks for. */
export interface Order {
  readonly property: string;
  readonly descending: boolean;
}

/**
 * The entities in their order, from behind the one that a `$skiptoken` names. Without `$orderby` the order is that of the
 * ids, so that what is created or deleted between two pages neither repeats nor hides another entity.
 */
export function pageAfter(
  items: readonly Shown[],
  order: Order | undefined,
  token: string | undefined,
): Shown[] {
  const compare = (a: readonly string[], b: readonly string[]) =>
    (order?.descending === true ? -1 : 1) * compareTexts(a[0] ?? "", b[0] ?? "") ||
    compareTexts(a[1] ?? "", b[1] ?? "");
  const sorted = items.toSorted((a, b) => compare(position(a, order), position(b, order)));
  if (token === undefined) return sorted;
  const last = readToken(token);
  return sorted.filter((item) => compare(position(item, order), last) > 0);
}

/** The opaque `$skiptoken` of the page that follows an entity. */
export function tokenAfter(item: Shown, order: Order | undefined): string {
  return Buffer.from(JSON.stringify(position(item, order))).toString("base64url");
}

function position(item: Shown, order: Order | undefined): readonly string[] {
  const sortedBy = order === undefined ? "" : item[order.property];
  return [typeof sortedBy === "string" ? sortedBy.toLowerCase() : "", String(item["id"])];
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Throws the directory's refusal of a token that it did not make (code documented in graph/errors; its text is unverified). */
function readToken(token: string): readonly string[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (Array.isArray(read) && read.length === 2 && read.every((e) => typeof e === "string")) {
      return read;
    }
  } catch {
    // Not a token: refused below.
  }
  throw new GraphError(
    400,
    "Directory_ExpiredPageToken",
    "The specified page token value has expired and can no longer be included in your request.",
  );
}
