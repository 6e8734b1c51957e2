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
