import {
  type Fault,
  type FaultEffect,
  type FaultMatch,
  faultServices,
} from "../../http/faults/fault.ts";

/** A list of faults with mistakes in it; the message names every one and what is allowed instead. */
export class FaultsRefused extends Error {}

interface Rule {
  readonly allowed: string;
  accepts(value: unknown): boolean;
}

type EffectField<Kind> = Exclude<keyof Extract<FaultEffect, { kind: Kind }>, "kind">;

const oneOf = (allowed: readonly string[]): Rule => ({
  allowed: `one of ${allowed.join(", ")}`,
  accepts: (value) => allowed.some((name) => name === value),
});

const integer = (from: number, to: number): Rule => ({
  allowed: `a whole number from ${from} to ${to}`,
  accepts: (value) => Number.isInteger(value) && Number(value) >= from && Number(value) <= to,
});

const effectRules: {
  readonly [Kind in FaultEffect["kind"]]: { readonly [Field in EffectField<Kind>]-?: Rule };
} = {
  latency: { milliseconds: integer(1, 3_600_000) },
  status: { status: integer(400, 599), retryAfterSeconds: integer(0, 86_400) },
  html: {},
  reset: {},
  hang: {},
  "hang-mid-body": { afterBytes: integer(0, Number.MAX_SAFE_INTEGER) },
  refused: {},
};

/** `applied` stands in what is in force; setting the faults again counts anew. */
const matchRules: { readonly [Field in keyof FaultMatch | "kind" | "applied"]-?: Rule } = {
  service: oneOf(faultServices),
  kind: oneOf(Object.keys(effectRules)),
  method: {
    allowed: "an HTTP method in capitals, such as GET",
    accepts: (value) => typeof value === "string" && /^[A-Z]+$/.test(value),
  },
  path: { allowed: "a regular expression, such as /token$", accepts: isRegularExpression },
  when: oneOf(["before", "after"]),
  share: {
    allowed: "a number above 0 and at most 1",
    accepts: (value) => typeof value === "number" && value > 0 && value <= 1,
  },
  seed: integer(0, 2 ** 32 - 1),
  count: integer(1, Number.MAX_SAFE_INTEGER),
  applied: integer(0, Number.MAX_SAFE_INTEGER),
};

/** No request reaches a closed port, so nothing tells one from another. */
const refusedRules = {
  service: matchRules.service,
  kind: matchRules.kind,
  applied: matchRules.applied,
};

const required = ["service", "kind", "milliseconds", "status"];

/**
 * Reads faults from JSON, where they look as in TypeScript but for `path`: it is the source of a regular expression, and
 * tested without regard to case, as Azure treats paths. Throws FaultsRefused with every mistake.
 */
export function parseFaults(json: unknown): Fault[] {
  if (!Array.isArray(json))
    throw new FaultsRefused("the faults are no JSON list; send [] to have none");
  const problems = json.flatMap((item: unknown, index) =>
    problemsOf(item).map((problem) => `faults[${index}]${problem}`),
  );
  if (problems.length > 0)
    throw new FaultsRefused(`the faults are not usable:\n- ${problems.join("\n- ")}`);
  return json.map((item: Fault & { path?: string; applied?: number }) => {
    const { applied: _, path, ...fault } = item;
    return path === undefined ? fault : { ...fault, path: new RegExp(path, "i") };
  });
}

function problemsOf(item: unknown): string[] {
  if (typeof item !== "object" || item === null || Array.isArray(item))
    return [` is ${JSON.stringify(item)}; it must be an object with service and kind`];
  const fields = new Map(Object.entries(item));
  const kind = fields.get("kind");
  const rules = new Map<string, Rule>(
    Object.entries(kind === "refused" ? refusedRules : { ...matchRules, ...effectRulesOf(kind) }),
  );
  const wrong = [...rules].flatMap(([name, rule]) => {
    const value: unknown = fields.get(name);
    if (value === undefined ? !required.includes(name) : rule.accepts(value)) return [];
    return [`.${name} is ${JSON.stringify(value) ?? "missing"}; it must be ${rule.allowed}`];
  });
  const unknown = [...fields.keys()]
    .filter((name) => !rules.has(name))
    .map((name) => `.${name} is not known here; known are ${[...rules.keys()].join(", ")}`);
  return [...wrong, ...unknown];
}

function effectRulesOf(kind: unknown): Record<string, Rule> {
  return Object.entries(effectRules).find(([name]) => name === kind)?.[1] ?? {};
}

function isRegularExpression(value: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    return new RegExp(value) instanceof RegExp;
  } catch {
    return false;
  }
}
