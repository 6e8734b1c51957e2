import { readFile, writeFile } from "node:fs/promises";
import { renderBeliefs } from "./beliefs.ts";
import { withSections } from "./sections.ts";

/** `npm run readme` writes the generated sections of README.md. */
const file = new URL("../README.md", import.meta.url);
const beliefs = new URL("../src/local-azure/beliefs.ts", import.meta.url);
await writeFile(beliefs, await renderBeliefs());
await writeFile(file, await withSections(await readFile(file, "utf8")));
