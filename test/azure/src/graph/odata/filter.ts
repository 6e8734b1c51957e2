import { unreadable } from "../engine/errors.ts";

/** A value in a filter. A GUID and a time may stand without quotes; they are texts here. */
export type Literal = string | boolean | null;

export type ComparisonOperator = "eq" | "ne" | "ge" | "le" | "startswith";

export interface Comparison {
  readonly kind: "comparison";
  readonly property: string;
  readonly operator: ComparisonOperator;
  readonly value: Literal;
}

/** A `$filter` expression, read. */
export type Filter =
  | Comparison
  | {
      readonly kind: "logical";
      readonly operator: "and" | "or";
      readonly left: Filter;
      readonly right: Filter;
    }
  | { readonly kind: "not"; readonly operand: Filter }
  | { readonly kind: "in"; readonly property: string; readonly values: readonly Literal[] }
  /** `property/any(x:x eq 'value')`: the comparison holds of some element of the property. */
  | { readonly kind: "any"; readonly element: Comparison };

export type FilterToken =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "mark"; readonly text: string };

const TOKEN =
  /\s*(?:'((?:[^']|'')*)'|(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|[\w.@$-]+)|([(),:/]))/y;

/**
 * Splits a `$filter` into texts in quotes, words (names, operators, literals without quotes) and marks. Throws a 400; the
 * code and the first words of Graph's texts were observed, how they go on is the OData library's own, and unverified.
 */
export function filterTokens(filter: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  const trimmed = filter.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(trimmed);
    if (match === null) throw invalidFilter(reason(trimmed, start));
    const [, quoted, word, mark = ""] = match;
    if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.replaceAll("''", "'") });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "mark", text: mark });
  }
  return tokens;
}

/** A `$filter` that is not well formed, or asks for what its properties cannot. */
export function invalidFilter(detail: string) {
  return unreadable(`Invalid filter clause: ${detail}`);
}

function reason(filter: string, position: number): string {
  return filter.slice(position).trimStart().startsWith("'")
    ? `There is an unterminated string literal at position ${filter.length} in '${filter}'.`
    : `Syntax error at position ${position} in '${filter}'.`;
}
