import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attributes } from "./expected-secret.ts";
import { VaultWorld } from "./vault-world.ts";

// Document: Key Vault REST reference, "Get Secrets" and "Get Secret Versions".
// What this cannot prove: sockets and TLS, and the official client.

let world: VaultWorld;

beforeAll(async () => {
  world = await VaultWorld.start();
});

beforeEach(() => {
  world = world.renew();
});

describe("Get Secrets and Get Secret Versions", () => {
  it.each(["0", "26", "many"])("refuses maxresults=%s", async (size) => {
    expect(await world.refusal("GET", `/secrets?api-version=7.6&maxresults=${size}`)).toEqual([
      400,
      { code: "BadParameter", message: `maxresults is "${size}", it must be from 1 to 25` },
    ]);
  });

  it("lists every secret once, page by page, without values", async () => {
    for (let index = 0; index < 28; index++) await world.set(`s${index}`);
    const first = await world.send("GET", "/secrets");
    const link = String(first.body["nextLink"]);
    expect(link.startsWith(`${world.origin}/secrets?`)).toBe(true);
    const second = await world.send("GET", link.slice(world.origin.length));
    expect(second.body["nextLink"]).toBeNull();
    const items = [first, second].flatMap(({ body }) => body["value"]);
    expect(items).toHaveLength(28);
    expect(new Set(items.map((item) => JSON.stringify(item))).size).toBe(28);
    expect(items).toContainEqual({ id: `${world.origin}/secrets/s7`, attributes });
  });

  it("lists the secrets of one vault alone", async () => {
    await world.set("one");
    const other = world.renew();
    expect((await other.send("GET", "/secrets")).body).toEqual({ value: [], nextLink: null });
  });

  it("lists versions, and none for a secret that does not exist", async () => {
    const ids = [await world.set("one"), await world.set("one")];
    const { body } = await world.send("GET", "/secrets/one/versions");
    expect(body["value"]).toEqual(
      ids.sort().map((id) => ({ id: `${world.origin}/secrets/one/${id}`, attributes })),
    );
    const none = await world.send("GET", "/secrets/none/versions");
    expect([none.status, none.body]).toEqual([200, { value: [], nextLink: null }]);
  });
});
