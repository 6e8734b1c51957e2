/** One line of the table: what was measured on both sides, and what ours has to reach. */
export interface Line {
  readonly what: string;
  readonly plain: string;
  readonly ours: string;
  readonly goal: string;
  readonly missed: boolean;
  /** The same as numbers, for whoever compares runs. */
  readonly numbers: Readonly<Record<string, unknown>>;
}

/** A row of the table; `lines` measures both sides anew, one or more lines of it. */
export interface Row {
  /** What `--row` takes. */
  readonly name: string;
  /** @throws when it cannot be measured; a missed goal is no error. */
  readonly lines: () => Promise<readonly Line[]>;
}
