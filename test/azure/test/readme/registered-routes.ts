import type { Hono } from "hono";
import type { Route } from "../../src/service/route.ts";

/** The routes that a Hono app registers, in the spelling of a support table; method `ALL` for any. */
function registeredRoutes(app: Pick<Hono, "routes">): { method: string; path: string }[] {
  return app.routes
    .filter(({ path }) => path !== "/*" && path !== "*")
    .map(({ method, path }) => ({
      method,
      path: path.replaceAll(/:(\w+)/g, "{$1}").replace(/\*$/, "{path}"),
    }));
}

/** What is registered without a row of its path, and rows of an answer that is not registered: both must be empty. */
export function compareRoutes(app: Pick<Hono, "routes">, rows: readonly Route[]) {
  const registered = registeredRoutes(app);
  const without = registered.filter(({ path }) => !rows.some((row) => pathOf(row) === path));
  const invented = rows.filter(
    (row) =>
      row.supported !== "no" &&
      !registered.some(
        ({ method, path }) => path === pathOf(row) && [row.method, "ALL"].includes(method),
      ),
  );
  return { without, invented };
}

function pathOf({ path }: Route): string {
  return path.replace(/\?.*$/, "");
}
