import type { OxlintConfig, OxlintOverride } from "oxlint";
import rules from "../../.oxlintrc.json" with { type: "json" };

/** The whole project's rules, for a folder that adds its own. TypeScript widens the words of a JSON file to string. */
export const project = rules as unknown as OxlintConfig;

/** By their names the workspaces would be imported past every wall. */
const byName = {
  group: ["{local-azure,cross-tenant-tokens}{,/**}"],
  message: "a workspace imports its own files by path, and the engine reaches Azure by HTTP only",
};

/** In these files, imports that match `group`, or name a workspace, are errors. */
export function refuse(files: string, group: string[], message: string): OxlintOverride {
  const patterns = [{ group, message }, byName];
  return { files: [files], rules: { "no-restricted-imports": ["error", { patterns }] } };
}

/** The files of `folder` and of the folders in it import from at most as many folders `above` it. */
export function within(folder: string, above: number, message: string): OxlintOverride[] {
  return [0, 1, 2, 3].map((below) => {
    const outside = `${"../".repeat(below + above + 1)}**`;
    return refuse(`${folder}/${"*/".repeat(below)}*.ts`, [outside], message);
  });
}

/** What leaves the files' folder, which is `depth` below src, but for these floors, and for these rooms beside it. */
export function upward(depth: number, floors: readonly string[], rooms: readonly string[] = []) {
  const allowed = floors.map((floor) => `!${"../".repeat(depth)}${floor}/**`);
  return ["../**", ...allowed, ...rooms.map((room) => `!../${room}/**`)];
}
