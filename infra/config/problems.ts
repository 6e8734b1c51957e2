/** Collects what is wrong with the configuration, so that the user sees all of it at once. */
export class Problems {
  readonly #lines: string[] = [];

  /** Notes one problem: the key, the value given, what is allowed and what to do. */
  add(key: string, value: unknown, advice: string): void {
    const given = value === undefined ? "is missing" : `is ${JSON.stringify(value)}`;
    this.#lines.push(`${key} ${given}: ${advice}`);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }
}
