import { existsSync, renameSync } from "node:fs";

/** Where a workspace's own manifest lies while npm packs. */
export const sourceManifest = "package.source.json";

/** Brings it back, also after a packing that broke off. */
export function restoreManifest(): void {
  if (existsSync(sourceManifest)) renameSync(sourceManifest, "package.json");
}

/** The text of a workspace's manifest as other projects need it: its entrances and commands are those in `dist`. */
export function packedManifest(source: string): string {
  const manifest: Record<string, unknown> = JSON.parse(source);
  const packed = {
    ...manifest,
    exports: replaceSources(manifest["exports"], (name) => ({
      types: `./dist/${name}.d.ts`,
      default: `./dist/${name}.js`,
    })),
    bin: replaceSources(manifest["bin"], (name) => `./dist/${name}.js`),
  };
  return `${JSON.stringify(packed, undefined, 2)}\n`;
}

/** `entry` with what `built` gives in the place of each "./src/NAME.ts"; undefined when there is none. */
function replaceSources(entry: unknown, built: (name: string) => unknown): unknown {
  if (entry === undefined) return undefined;
  return JSON.parse(JSON.stringify(entry), (_key, value: unknown) => {
    const name = typeof value === "string" && /^\.\/src\/(.+)\.ts$/.exec(value)?.[1];
    return name ? built(name) : value;
  });
}
