import { format } from "prettier";
import { faultServices } from "../src/http/faults/fault.ts";
import { collectBeliefs } from "./beliefs.ts";
import { renderRecorded } from "./recorded.ts";
import { renderRooms } from "./rooms.ts";
import { renderRoutes } from "./routes.ts";

/** A README with its generated sections as the sources are now, formatted as every file of this repository. */
export async function withSections(readme: string): Promise<string> {
  const sections = {
    beliefs: String((await collectBeliefs()).length),
    "fault-services": faultServices.join(", "),
    recorded: `\n\n${await renderRecorded()}\n\n`,
    rooms: `\n\n${await renderRooms()}\n\n`,
    routes: `\n\n${await renderRoutes()}\n`,
  };
  let written = readme;
  for (const [name, text] of Object.entries(sections)) written = replaced(written, name, text);
  return format(written, { parser: "markdown", printWidth: 100 });
}

function replaced(readme: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`the README has no ${begin} ... ${end}`);
  return `${before}${begin}${text}${end}${after}`;
}
