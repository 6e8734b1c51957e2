/**
 * The clauses of a filter of role assignments or definitions, which are joined by `and`; none for no filter. An `and` in quotes
 * is part of a value.
 */
export function filterClauses(filter: string | null): string[] {
  const trimmed = filter?.trim() ?? "";
  return trimmed === "" ? [] : trimmed.split(and).map((clause) => clause.trim());
}

/** An `and` outside of quotes. */
const and = / and (?=(?:[^']*'[^']*')*[^']*$)/i;
