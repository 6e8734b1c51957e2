import { readFileSync, writeFileSync } from "node:fs";
import { withCauseTable } from "./cause-table.ts";

// Run by hand after a change in app/explain: npm run readme
const readme = new URL("../../../app/README.md", import.meta.url);
writeFileSync(readme, await withCauseTable(readFileSync(readme, "utf8")));
