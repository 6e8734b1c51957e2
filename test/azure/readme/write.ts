import { writeFile } from "node:fs/promises";
import { renderReadme } from "./render.ts";
import { services } from "./services.ts";

/** `node test/azure/src/local-azure/support/write-table.ts` writes test/azure/README.md. */
const readme = await renderReadme(await services());
await writeFile(new URL("../../../README.md", import.meta.url), readme);
