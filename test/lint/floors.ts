import type { OxlintConfig, OxlintOverride } from "oxlint";
import rules from "../../.oxlintrc.json" with { type: "json" };

/** The whole project's rules, for a folder that adds its own. TypeScript widens the words of a JSON file to string. */
export const project = rules as unknown as OxlintConfig;

/** In these files, imports that match `group` (as in a .gitignore) are errors. */
export function refuse(files: string, group: string[], message: string): OxlintOverride {
  const patterns = [{ group, message }];
  return { files: [files], rules: { "no-restricted-imports": ["error", { patterns }] } };
}

/** What leaves the files' folder, which is `depth` below src, but for these floors, and for these rooms beside it. */
export function upward(depth: number, floors: readonly string[], rooms: readonly string[] = []) {
  const allowed = floors.map((floor) => `!${"../".repeat(depth)}${floor}/**`);
  return ["../**", ...allowed, ...rooms.map((room) => `!../${room}/**`)];
}
