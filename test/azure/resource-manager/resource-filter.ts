import type { Resource } from "../state.ts";
import { ManagementError } from "./management-error.ts";
import { locationName } from "./regions.ts";

type Matches = (resource: Resource) => boolean;

/**
 * The `$filter` of lists of resources and resource groups: comparisons joined by `and`, `tagName eq` with or without a
 * `tagValue eq` (learn.microsoft.com/rest/api/resources/resources/list, URI parameters). Any other filter answers 501.
 */
export function resourceFilter(filter: string | null): Matches {
  if (filter === null || filter.trim() === "") return () => true;
  const clauses = new Map(filter.trim().split(/ and /i).map(parseClause(filter)));
  const [tagName, tagValue] = [clauses.get("tagname"), clauses.get("tagvalue")];
  if (tagValue !== undefined && tagName === undefined) throw notEmulated(filter);
  const tests = [...clauses].map(([field, value]) => testFor(field, value));
  return (resource) =>
    tests.every((matches) => matches(resource)) && hasTag(resource, tagName, tagValue);
}

function parseClause(filter: string): (clause: string) => readonly [string, string] {
  return (clause) => {
    const [, field = "", quoted = ""] = /^(\w+) eq '((?:[^']|'')*)'$/i.exec(clause.trim()) ?? [];
    if (!fields.includes(field.toLowerCase())) throw notEmulated(filter);
    return [field.toLowerCase(), quoted.replaceAll("''", "'")];
  };
}

const fields = ["resourcetype", "resourcegroup", "name", "location", "tagname", "tagvalue"];

function testFor(field: string, value: string): Matches {
  const wanted = value.toLowerCase();
  switch (field) {
    case "resourcetype":
      return ({ type }) => type.toLowerCase() === wanted;
    case "resourcegroup":
      return ({ id }) => id.split("/")[4]?.toLowerCase() === wanted;
    case "name":
      return ({ name }) => name.toLowerCase() === wanted;
    case "location":
      return ({ location }) => locationName(location ?? "") === locationName(value);
    default:
      return () => true;
  }
}

/** Names of tags are compared without case, their values with it. */
function hasTag({ tags }: Resource, name: string | undefined, value: string | undefined): boolean {
  if (name === undefined) return true;
  const wanted = name.toLowerCase();
  return Object.entries(tags ?? {}).some(
    ([key, held]) => key.toLowerCase() === wanted && (value === undefined || held === value),
  );
}

function notEmulated(filter: string): ManagementError {
  return new ManagementError(
    501,
    "NotImplemented",
    `the filter "${filter}" is not emulated, only comparisons by eq of resourceType, resourceGroup, name, location, tagName and tagValue are`,
  );
}
