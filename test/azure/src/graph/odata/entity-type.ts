/** What a property holds, as far as filters and updates care. */
export type PropertyKind = "text" | "flag" | "time" | "texts" | "other";

/** Filter operators that an entity type may allow on a property; `in`, `ne` and `not` follow from `eq`. */
export type FilterOperator = "eq" | "ge" | "le" | "startswith";

export interface Property {
  readonly kind: PropertyKind;
  /** Which operators Graph answers on it without more; none when it cannot be filtered by. */
  readonly filter: readonly FilterOperator[];
  /** Whether filtering by it takes the advanced query parameters (graph/aad-advanced-queries). */
  readonly advanced?: true;
  readonly sortable?: true;
}

/** An entity type as its resource page of the Graph reference describes it. */
export interface EntityType {
  /** In the metadata, `microsoft.graph.<name>`. */
  readonly name: string;
  /** As the directory's own refusals spell it. */
  readonly resource: string;
  /** Of every property that is shown. */
  readonly properties: Readonly<Record<string, Property>>;
  /** What beta shows beside them, always null: nothing here writes it. */
  readonly betaProperties?: readonly string[];
}

/** A property that is shown and cannot be filtered by. */
export function shown(kind: PropertyKind = "other"): Property {
  return { kind, filter: [] };
}

/** A property that can be filtered by. */
export function filterable(kind: PropertyKind, ...filter: FilterOperator[]): Property {
  return { kind, filter };
}

/** The properties that an entity has in this version of Graph alone. */
export function betaProperties(type: EntityType, version: string): readonly string[] {
  return version === "beta" ? (type.betaProperties ?? []) : [];
}
