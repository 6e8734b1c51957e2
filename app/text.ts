import * as v from "valibot";

/** A setting, or a field of one, that is text. A missing one counts as empty, so that it is told what it must be. */
export function text(allowed: RegExp, meaning: string) {
  const message = ({ input }: v.BaseIssue<unknown>): string =>
    `is ${input === "" ? "missing or empty" : JSON.stringify(input)}; it must be ${meaning}`;
  return v.optional(v.pipe(v.string(message), v.regex(allowed, message)), "");
}
