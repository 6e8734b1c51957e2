import { notImplemented, unsupportedQuery } from "../engine/errors.ts";
import {
  type Comparison,
  type Filter,
  type FilterToken,
  filterTokens,
  invalidFilter,
  type Literal,
} from "./filter.ts";

const UNSUPPORTED_FUNCTIONS = new Map([
  ["contains", "Contains"],
  ["endswith", "EndsWith"],
]);

/**
 * Reads a `$filter` (OData 4.01 URL conventions 5.1.1, graph/filter-query-parameter): `eq ne ge le`, `in`, `startswith`,
 * `any` over a collection of texts, `and or not` and brackets. Throws Graph's 400 for what is no filter and for functions
 * that directory objects do not have (the text for contains was observed), 501 for what else OData knows.
 */
export function parseFilter(text: string): Filter {
  const tokens = filterTokens(text);
  const parser = new FilterParser(text, tokens);
  const filter = parser.or();
  parser.end();
  return filter;
}

class FilterParser {
  readonly #text: string;
  readonly #tokens: FilterToken[];

  constructor(text: string, tokens: FilterToken[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  or(): Filter {
    let left = this.#and();
    while (this.#takeWord("or")) {
      left = { kind: "logical", operator: "or", left, right: this.#and() };
    }
    return left;
  }

  end(): void {
    if (this.#tokens.length > 0) throw this.#syntaxError();
  }

  #and(): Filter {
    let left = this.#unary();
    while (this.#takeWord("and")) {
      left = { kind: "logical", operator: "and", left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Filter {
    if (this.#takeWord("not")) return { kind: "not", operand: this.#unary() };
    if (!this.#takeMark("(")) return this.#term();
    const inner = this.or();
    this.#expect(")");
    return inner;
  }

  #term(): Filter {
    const name = this.#word();
    if (this.#takeMark("(")) return this.#function(name);
    if (this.#takeMark("/")) return this.#lambda(name);
    if (this.#takeWord("in")) return { kind: "in", property: name, values: this.#list() };
    return this.#comparison(name);
  }

  #comparison(property: string): Comparison {
    const operator = this.#word().toLowerCase();
    if (operator === "eq" || operator === "ne" || operator === "ge" || operator === "le") {
      return { kind: "comparison", property, operator, value: this.#literal() };
    }
    if (operator === "gt" || operator === "lt") throw this.#notEmulated();
    throw this.#syntaxError();
  }

  /** What follows the opening bracket of a function. */
  #function(name: string): Comparison {
    const unsupported = UNSUPPORTED_FUNCTIONS.get(name.toLowerCase());
    if (unsupported !== undefined) {
      throw unsupportedQuery(`Unsupported property filter clause operator '${unsupported}'.`);
    }
    if (name.toLowerCase() !== "startswith") throw this.#notEmulated();
    const property = this.#word();
    this.#expect(",");
    const value = this.#literal();
    this.#expect(")");
    return { kind: "comparison", property, operator: "startswith", value };
  }

  /** What follows the slash of `property/any(x:x eq 'value')`. */
  #lambda(property: string): Filter {
    if (this.#word().toLowerCase() !== "any") throw this.#notEmulated();
    this.#expect("(");
    const variable = this.#word();
    this.#expect(":");
    const name = this.#word();
    if (this.#takeMark("/")) {
      // Observed for keyCredentials: microsoft-graph-docs#18122.
      throw unsupportedQuery(`Complex query on property ${property} is not supported.`);
    }
    const comparison = this.#takeMark("(") ? this.#function(name) : this.#comparison(name);
    if (comparison.property !== variable) throw this.#syntaxError();
    if (!this.#takeMark(")")) throw this.#notEmulated();
    return { kind: "any", element: { ...comparison, property } };
  }

  #list(): Literal[] {
    this.#expect("(");
    const values = [this.#literal()];
    while (this.#takeMark(",")) values.push(this.#literal());
    this.#expect(")");
    return values;
  }

  #literal(): Literal {
    const token = this.#tokens.shift();
    if (token === undefined || token.kind === "mark") throw this.#syntaxError();
    if (token.kind === "text") return token.text;
    if (token.text === "null") return null;
    return token.text === "true" || token.text === "false" ? token.text === "true" : token.text;
  }

  #word(): string {
    const token = this.#tokens.shift();
    if (token?.kind !== "word") throw this.#syntaxError();
    return token.text;
  }

  #takeWord(word: string): boolean {
    const [token] = this.#tokens;
    if (token?.kind !== "word" || token.text.toLowerCase() !== word) return false;
    this.#tokens.shift();
    return true;
  }

  #takeMark(mark: string): boolean {
    const [token] = this.#tokens;
    if (token?.kind !== "mark" || token.text !== mark) return false;
    this.#tokens.shift();
    return true;
  }

  #expect(mark: string): void {
    if (!this.#takeMark(mark)) throw this.#syntaxError();
  }

  #syntaxError() {
    return invalidFilter(
      `Syntax error at position ${this.#text.length - this.#left()} in '${this.#text}'.`,
    );
  }

  #left(): number {
    return this.#tokens.reduce((length, { text }) => length + text.length, 0);
  }

  #notEmulated() {
    return notImplemented(`$filter=${this.#text}`);
  }
}
