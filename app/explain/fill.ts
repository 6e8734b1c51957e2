/**
 * `text` with `values` in the place of their names in braces.
 *
 * @throws {Error} when it names another value: a mistake in the text.
 */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_braces, name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw new Error(`no value for {${name}}; there are ${Object.keys(values).join(", ")}`);
    }
    return value;
  });
}
