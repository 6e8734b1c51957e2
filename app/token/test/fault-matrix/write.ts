import { readFile, writeFile } from "node:fs/promises";
import { readme, withMatrix } from "./readme-section.ts";
import { renderMatrix } from "./render-matrix.ts";

// `npm run readme` writes the matrix into app/token/README.md: run it after a change of matrix.ts.
await writeFile(readme, withMatrix(await readFile(readme, "utf8"), await renderMatrix()));
