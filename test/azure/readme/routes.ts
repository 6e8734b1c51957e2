import type { Route } from "../src/service/route.ts";
import { type Service, services } from "./services.ts";

/** A table of routes for each service. */
export async function renderRoutes(): Promise<string> {
  return (await services()).map(renderService).join("\n");
}

function renderService({ name, routes }: Service): string {
  const rows = routes.map(renderRoute).join("\n");
  return `### ${name}\n\n| method | path | supported | document | compared with |\n|---|---|---|---|---|\n${rows}\n`;
}

function renderRoute({ method, path, supported, missing, document, verified }: Route): string {
  const answer = supported === "no" ? "501" : supported;
  const support = missing === undefined ? answer : `${answer}; missing: ${missing}`;
  const cells = [method, `\`${path}\``, support, link(document), verified];
  return `| ${cells.map((cell) => cell.replaceAll("|", String.raw`\|`)).join(" | ")} |`;
}

/** A page on learn.microsoft.com by its path, any other by its address. */
function link(document: string): string {
  const path = document.replace(/^\//, "");
  const address = path.startsWith("https://") ? path : `https://learn.microsoft.com/${path}`;
  return `[${path.split("/").at(-1)}](${address})`;
}
