/** The module's README, which shows the matrix. */
export const readme = new URL("../../README.md", import.meta.url);

const section = /(<!-- fault-matrix -->\n).*(<!-- \/fault-matrix -->)/s;

/** `text` with `matrix` between the markers; throws when it has none. */
export function withMatrix(text: string, matrix: string): string {
  if (!section.test(text)) {
    throw new Error(
      'app/token/README.md has no place for the fault matrix: add the lines "<!-- fault-matrix -->" and "<!-- /fault-matrix -->"',
    );
  }
  // A function: "$" means nothing in what it returns.
  return text.replace(section, (_all, start, end) => `${start}\n${matrix}\n${end}`);
}
