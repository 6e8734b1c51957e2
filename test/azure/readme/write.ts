import { readFile, writeFile } from "node:fs/promises";
import { withSections } from "./sections.ts";

/** `npm run readme` writes the generated sections of README.md. */
const file = new URL("../README.md", import.meta.url);
await writeFile(file, await withSections(await readFile(file, "utf8")));
