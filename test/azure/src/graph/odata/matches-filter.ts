import type { Comparison, Filter, Literal } from "./filter.ts";

/** An entity as it is shown. */
export type Shown = Readonly<Record<string, unknown>>;

/** Whether an entity passes a filter. The directory compares texts without regard to letter case. */
export function matchesFilter(item: Shown, filter: Filter): boolean {
  if (filter.kind === "logical") {
    const left = matchesFilter(item, filter.left);
    return filter.operator === "and"
      ? left && matchesFilter(item, filter.right)
      : left || matchesFilter(item, filter.right);
  }
  if (filter.kind === "not") return !matchesFilter(item, filter.operand);
  if (filter.kind === "in") {
    return filter.values.some((value) => equal(item[filter.property], value));
  }
  if (filter.kind === "comparison") return compares(item[filter.property], filter);
  const elements = item[filter.element.property];
  return Array.isArray(elements) && elements.some((each) => compares(each, filter.element));
}

function compares(actual: unknown, { operator, value }: Comparison): boolean {
  if (operator === "eq") return equal(actual, value);
  if (operator === "ne") return !equal(actual, value);
  if (typeof actual !== "string" || typeof value !== "string") return false;
  const [held, wanted] = [actual.toLowerCase(), value.toLowerCase()];
  if (operator === "startswith") return held.startsWith(wanted);
  return operator === "ge" ? held >= wanted : held <= wanted;
}

function equal(actual: unknown, value: Literal): boolean {
  if (typeof actual !== "string" || typeof value !== "string") return (actual ?? null) === value;
  return actual.toLowerCase() === value.toLowerCase();
}
