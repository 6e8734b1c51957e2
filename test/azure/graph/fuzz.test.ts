import { expect, it } from "vitest";
import { twoTenants } from "../two-tenants.ts";
import { authorizationOf, clientWith, deployer } from "./graph-client.ts";
import { createGraph } from "./graph.ts";
import { graphRoutes } from "./routes.ts";

const PIECES = [
  " ",
  ..."' '' ( ) / , : $ % = & ? eq ne in and or not any startswith null true x é %00 1e99".split(
    " ",
  ),
  ..."displayName appId tags owners $ref __proto__ constructor 2026-01-15T12:00:00Z".split(" "),
];
const VALUES = [null, true, -1, "", "x", "a".repeat(2000), [], [null], {}, { __proto__: 1 }];
const OPTIONS = ["$filter", "$select", "$top", "$skiptoken", "$orderby", "$expand", "$count"];

it("refuses what makes no sense, and never fails on it", async () => {
  const world = await twoTenants();
  clientWith(world, 0, "Application.ReadWrite.All", "Directory.Read.All");
  const authorization = await authorizationOf(world, deployer(world, 0));
  const graph = createGraph(world.azure);
  const pick = picker(20_260_115);
  for (let count = 0; count < 3000; count += 1) {
    const { method, path } = pick(graphRoutes);
    const text = () => Array.from({ length: pick([0, 1, 3, 6]) }, () => pick(PIECES)).join("");
    const id = () => pick([world.application.objectId, world.identity.objectId, text()]);
    const filled = path.replaceAll(/\/\{([^}|]*)[^}]*\}/g, (_, key: string) =>
      pick([`/${id()}`, `('${id()}')`, `(${key}='${id()}')`]),
    );
    const query = pick([`${pick(OPTIONS)}=${encodeURIComponent(text())}`, text(), ""]);
    const names = ["displayName", "name", "issuer", "tags", "web", "ids", "requests", "appId"];
    const body = Object.fromEntries(names.map((name) => [name, pick(VALUES)]));
    const url = `http://localhost/v1.0${filled}?${query}`;
    const response = await graph.fetch(
      new Request(url, {
        method,
        headers: { authorization, prefer: "create-if-missing", consistencylevel: "eventual" },
        ...(method !== "GET" && { body: pick([JSON.stringify(body), text()]) }),
      }),
    );
    expect({ method, url, status: response.status }).not.toMatchObject({ status: 500 });
  }
});

/** Picks by a linear congruential generator (Numerical Recipes): the same picks in every run. */
function picker(seed: number) {
  let state = seed;
  return <Item>(items: readonly Item[]): Item => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // Of a list that is not empty; undefined only where the list holds it.
    return items[(state >>> 8) % items.length] as Item;
  };
}
