import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withCauseTable } from "./cause-table.ts";

const readme = readFileSync(new URL("../../../app/README.md", import.meta.url), "utf8");

test("the site's README has the causes and fixes that the site tells", async () => {
  // Behind? Run: npm run readme
  expect(readme).toBe(await withCauseTable(readme));
});

test("refuses a README that has no place for the table", async () => {
  await expect(withCauseTable(readme.replace("<!-- /causes -->", ""))).rejects.toThrow(
    "the README has no <!-- causes --> ... <!-- /causes -->",
  );
});
