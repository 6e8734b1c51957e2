import { ManagementError } from "../engine/management-error.ts";

/** One comparison of a filter, its field in lower case. */
export interface Clause {
  readonly field: string;
  readonly operator: "eq" | "ne" | "substringof" | "startswith";
  readonly value: string;
}

const text = "'((?:[^']|'')*)'";
const patterns = [
  { pattern: new RegExp(String.raw`\s*([\w/]+)\s+(eq|ne)\s+${text}\s*`, "iy"), order: [1, 2, 3] },
  {
    pattern: new RegExp(String.raw`\s*(substringof)\(\s*${text}\s*,\s*(\w+)\s*\)\s*`, "iy"),
    order: [3, 1, 2],
  },
  {
    pattern: new RegExp(String.raw`\s*(startswith)\(\s*(\w+)\s*,\s*${text}\s*\)\s*`, "iy"),
    order: [2, 1, 3],
  },
] as const;

/** A filter as alternatives, each of clauses that hold together. Throws 501 for what is no such filter. */
export function parseResourceFilter(filter: string): Clause[][] {
  const alternatives: Clause[][] = [[]];
  for (let at = 0; ;) {
    const found = clauseAt(filter, at);
    alternatives.at(-1)?.push(found.clause);
    if (found.end === filter.length) return alternatives;
    const joint = /(and|or)\s/iy;
    joint.lastIndex = found.end;
    const [, word] = joint.exec(filter) ?? [];
    if (word === undefined) throw notEmulated(filter);
    if (word.toLowerCase() === "or") alternatives.push([]);
    at = joint.lastIndex;
  }
}

function clauseAt(filter: string, at: number): { clause: Clause; end: number } {
  for (const { pattern, order } of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(filter);
    if (match === null) continue;
    const [field = "", operator = "", value = ""] = order.map((index) => match[index] ?? "");
    return {
      clause: {
        field: field.toLowerCase(),
        operator: operatorOf(operator),
        value: value.replaceAll("''", "'"),
      },
      end: pattern.lastIndex,
    };
  }
  throw notEmulated(filter);
}

function operatorOf(word: string): Clause["operator"] {
  const operator = (["eq", "ne", "substringof", "startswith"] as const).find(
    (known) => known === word.toLowerCase(),
  );
  if (operator === undefined) throw new Error(`no operator "${word}"`);
  return operator;
}

function notEmulated(filter: string): ManagementError {
  return new ManagementError(
    501,
    "NotImplemented",
    `the filter "${filter}" is not emulated, only comparisons joined by and and or are`,
  );
}
