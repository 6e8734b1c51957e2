import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readme, withMatrix } from "./readme-section.ts";
import { renderMatrix } from "./render-matrix.ts";

test("the module's README shows the fault matrix that is tested", async () => {
  const text = await readFile(readme, "utf8");
  // Otherwise: npm run readme, in this workspace
  expect(withMatrix(text, await renderMatrix())).toBe(text);
});

test("refuses to write into a README without the markers", () => {
  expect(() => withMatrix("# cross-tenant-tokens", "")).toThrow(
    'app/token/README.md has no place for the fault matrix: add the lines "<!-- fault-matrix -->" and "<!-- /fault-matrix -->"',
  );
});
