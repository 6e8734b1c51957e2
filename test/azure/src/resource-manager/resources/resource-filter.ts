import { isJsonObject, stringField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import { ManagementError } from "../engine/errors.ts";
import { locationName } from "../engine/regions.ts";

type Matches = (resource: Resource) => boolean;

/**
 * The `$filter` of lists of resources and resource groups: comparisons by eq and ne, substringof of a name or resource group,
 * `tagName eq` with or without a `tagValue eq`, startswith of a tag's name, joined by `and` and `or`, of which `and` binds
 * closer (learn.microsoft.com/rest/api/resources/resources/list, URI parameters). Any other filter answers 501.
 */
export function resourceFilter(filter: string | null): Matches {
  if (filter === null || filter.trim() === "") return () => true;
  const alternatives = parseResourceFilter(filter).map(allOf(filter));
  return (resource) => alternatives.some((matches) => matches(resource));
}

function allOf(filter: string): (clauses: readonly Clause[]) => Matches {
  return (clauses) => {
    const tagValue = clauses.find(({ field }) => field === "tagvalue");
    const hasName = clauses.some(({ field, operator }) => field === "tagname" && operator === "eq");
    if (tagValue !== undefined && !hasName) throw notEmulated(filter);
    const tests = clauses.map((clause) => testFor(clause, tagValue?.value, filter));
    return (resource) => tests.every((matches) => matches(resource));
  };
}

function testFor(clause: Clause, tagValue: string | undefined, filter: string): Matches {
  const { field, operator, value } = clause;
  if (field === "tagvalue" && operator === "eq") return () => true;
  if (field === "tagname") return tagTest(clause, tagValue, filter);
  const read = readers.get(field);
  if (read === undefined) throw notEmulated(filter);
  const wanted = field === "location" ? locationName(value) : value.toLowerCase();
  switch (operator) {
    case "eq":
      return (resource) => read(resource) === wanted;
    case "ne":
      return (resource) => read(resource) !== wanted;
    case "substringof":
      if (field !== "name" && field !== "resourcegroup") throw notEmulated(filter);
      return (resource) => read(resource).includes(wanted);
    default:
      throw notEmulated(filter);
  }
}

/** What a resource has by the name in a filter, in lower case. */
const readers: ReadonlyMap<string, (resource: Resource) => string> = new Map([
  ["resourcetype", ({ type }: Resource) => type.toLowerCase()],
  ["resourcegroup", ({ id }) => id.split("/")[4]?.toLowerCase() ?? ""],
  ["name", ({ name }) => name.toLowerCase()],
  ["location", ({ location }) => locationName(location ?? "")],
  ["identity/principalid", ({ identity }) => principalIdOf(identity).toLowerCase()],
]);

function principalIdOf(identity: unknown): string {
  return isJsonObject(identity) ? (stringField(identity, "principalId") ?? "") : "";
}

/** Names of tags are compared without case, their values with it. */
function tagTest(
  { operator, value: name }: Clause,
  value: string | undefined,
  filter: string,
): Matches {
  if (operator !== "eq" && operator !== "startswith") throw notEmulated(filter);
  const wanted = name.toLowerCase();
  return ({ tags = {} }) =>
    Object.entries(tags).some(([key, held]) => {
      const found = key.toLowerCase();
      if (operator === "startswith") return found.startsWith(wanted);
      return found === wanted && (value === undefined || held === value);
    });
}

function notEmulated(filter: string): ManagementError {
  return new ManagementError(
    501,
    "NotImplemented",
    `the filter "${filter}" is not emulated, only comparisons of resourceType, resourceGroup, name, location and identity/principalId by eq and ne, substringof of name and resourceGroup, tagName eq, tagValue eq beside it and startswith of tagName are`,
  );
}

/** One comparison of a filter, its field in lower case. */
interface Clause {
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
function parseResourceFilter(filter: string): Clause[][] {
  const alternatives: Clause[][] = [[]];
  for (let at = 0; ;) {
    const found = clauseAt(filter, at);
    alternatives.at(-1)?.push(found.clause);
    if (found.end === filter.length) return alternatives;
    const joint = /(and|or)\s/iy;
    joint.lastIndex = found.end;
    const [, word] = joint.exec(filter) ?? [];
    if (word === undefined) throw unreadable(filter);
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
  throw unreadable(filter);
}

function operatorOf(word: string): Clause["operator"] {
  const operator = (["eq", "ne", "substringof", "startswith"] as const).find(
    (known) => known === word.toLowerCase(),
  );
  if (operator === undefined) throw new Error(`no operator "${word}"`);
  return operator;
}

function unreadable(filter: string): ManagementError {
  return new ManagementError(
    501,
    "NotImplemented",
    `the filter "${filter}" is not emulated, only comparisons joined by and and or are`,
  );
}
