import { unsupportedQuery } from "../engine/errors.ts";
import type { EntityType, Property } from "./entity-type.ts";
import { type Comparison, type Filter, invalidFilter, type Literal } from "./filter.ts";

/**
 * Refuses a filter that Graph does not answer on this type: an unknown property, a literal of another type, an operator
 * that the property does not have, or has only with the advanced query parameters (`ConsistencyLevel: eventual` and
 * `$count=true`; graph/aad-advanced-queries). Texts observed in microsoft-graph-docs#18795, graph-explorer#1085; that for
 * `not` without the parameters, and the OData library's on types, are unverified.
 */
export function requireFilterable(type: EntityType, filter: Filter, advanced: boolean): void {
  if (filter.kind === "logical") {
    requireFilterable(type, filter.left, advanced);
    requireFilterable(type, filter.right, advanced);
  } else if (filter.kind === "not") {
    if (!advanced) throw unsupportedQuery("Unsupported Query.");
    requireFilterable(type, filter.operand, advanced);
  } else if (filter.kind === "in") {
    for (const value of filter.values) {
      const { property } = filter;
      requireComparable(type, { kind: "comparison", property, operator: "eq", value }, advanced);
    }
  } else if (filter.kind === "any") {
    const property = requireProperty(type, filter.element.property);
    if (property.kind !== "texts") throw unsupportedClause(type, filter.element.property);
    requireOperator(type, property, filter.element, advanced);
  } else requireComparable(type, filter, advanced);
}

function requireComparable(type: EntityType, comparison: Comparison, advanced: boolean): void {
  const property = requireProperty(type, comparison.property);
  if (property.kind === "texts" || property.kind === "other") {
    throw unsupportedClause(type, comparison.property);
  }
  requireType(property, comparison);
  requireOperator(type, property, comparison, advanced);
}

function requireProperty({ name, properties }: EntityType, property: string): Property {
  const found = properties[property];
  if (found !== undefined && Object.hasOwn(properties, property)) return found;
  throw invalidFilter(
    `Could not find a property named '${property}' on type 'microsoft.graph.${name}'.`,
  );
}

function requireType(property: Property, { operator, value }: Comparison): void {
  if (value === null || (typeof value === "boolean") === (property.kind === "flag")) return;
  const kind = operator === "eq" ? "Equal" : operator === "ne" ? "NotEqual" : operator;
  throw invalidFilter(
    "A binary operator with incompatible types was detected. Found operand types " +
      `'${edmType(property)}' and '${literalType(value)}' for operator kind '${kind}'.`,
  );
}

function requireOperator(
  type: EntityType,
  property: Property,
  { property: name, operator, value }: Comparison,
  advanced: boolean,
): void {
  const wanted = operator === "ne" ? "eq" : operator;
  if (!property.filter.includes(wanted)) throw unsupportedClause(type, name);
  if (advanced) return;
  if (operator === "ne") {
    throw unsupportedQuery("Unsupported property filter clause operator 'NotEqualsMatch'.");
  }
  if (property.advanced === true || value === null) throw unsupportedClause(type, name);
}

function unsupportedClause({ resource }: EntityType, property: string) {
  return unsupportedQuery(
    `Unsupported or invalid query filter clause specified for property '${property}' of resource '${resource}'.`,
  );
}

function edmType({ kind }: Property): string {
  if (kind === "flag") return "Edm.Boolean";
  return kind === "time" ? "Edm.DateTimeOffset" : "Edm.String";
}

function literalType(value: Literal): string {
  return typeof value === "boolean" ? "Edm.Boolean" : "Edm.String";
}
