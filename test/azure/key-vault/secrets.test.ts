import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { VaultWorld } from "./vault-world.ts";

// Documents: Key Vault REST reference, "Secrets"; "About Azure Key Vault secrets"; "Soft-delete overview".
// What this cannot prove: sockets and TLS, and the official client.

let world: VaultWorld;
const now = Date.UTC(2026, 0, 15, 12) / 1000;
const attributes = {
  enabled: true,
  created: now,
  updated: now,
  recoveryLevel: "Recoverable+Purgeable",
  recoverableDays: 90,
};

beforeAll(async () => {
  world = await VaultWorld.start();
});

beforeEach(() => {
  world = world.renew();
});

describe("Get Secret", () => {
  it("refuses a secret that does not exist", async () => {
    expect(await refusal("GET", "/secrets/none")).toEqual(notFound("none"));
  });

  it("refuses a version that does not exist", async () => {
    await world.set("one");
    const version = "0".repeat(32);
    expect(await refusal("GET", `/secrets/one/${version}`)).toEqual(notFound(`one/${version}`));
  });

  it("refuses a disabled secret", async () => {
    await world.set("one", "x", { attributes: { enabled: false } });
    expect(await refusal("GET", "/secrets/one")).toEqual([
      403,
      {
        code: "Forbidden",
        message: "Operation get is not allowed on a disabled secret.",
        innererror: { code: "SecretDisabled" },
      },
    ]);
  });

  it("answers the latest version, and an earlier one by its id", async () => {
    const first = await world.set("one", "1");
    const second = await world.set("ONE", "2");
    expect((await world.send("GET", "/secrets/one")).body).toEqual({
      value: "2",
      id: `${world.origin}/secrets/one/${second}`,
      attributes,
    });
    expect((await world.send("GET", `/secrets/one/${first}`)).body).toMatchObject({ value: "1" });
  });

  it("answers a secret outside its dates, which are for the reader to heed", async () => {
    await world.set("one", "x", { attributes: { nbf: now - 20, exp: now - 10 } });
    const { status, body } = await world.send("GET", "/secrets/one");
    expect([status, body]).toMatchObject([200, { attributes: { nbf: now - 20, exp: now - 10 } }]);
  });

  it("takes a second slash before the path and one behind a name, as clients write them", async () => {
    await world.set("one");
    expect((await world.send("GET", "//secrets/one/")).body).toMatchObject({ value: "s3cret" });
  });
});

describe("Set Secret and Update Secret", () => {
  it.each([
    ["no value", {}],
    ["a value that is no text", { value: 1 }],
    ["a date that is no whole number", { value: "x", attributes: { exp: "soon" } }],
    ["tags that are no texts", { value: "x", tags: { a: 1 } }],
    ["a list", []],
  ])("refuses %s", async (_, body) => {
    expect(await refusal("PUT", "/secrets/one", body)).toEqual([
      400,
      { code: "BadParameter", message: "Property  has invalid value\r\n" },
    ]);
  });

  it("refuses a value above 25 KB", async () => {
    expect(await refusal("PUT", "/secrets/one", { value: "x".repeat(25 * 1024 + 1) })).toEqual([
      400,
      { code: "BadParameter", message: "the secret's value exceeds 25600 bytes" },
    ]);
  });

  it("refuses to update a secret that does not exist", async () => {
    expect(await refusal("PATCH", "/secrets/none", {})).toEqual(notFound("none"));
  });

  it("changes what an update gives, leaves the rest, and answers no value", async () => {
    const version = await world.set("one", "x", { contentType: "text/plain", tags: { a: "1" } });
    world.clock.milliseconds += 5000;
    const { body } = await world.send("PATCH", `/secrets/one/${version}`, {
      body: { tags: { b: "2" }, attributes: { exp: now + 60 } },
    });
    expect(body).toEqual({
      id: `${world.origin}/secrets/one/${version}`,
      contentType: "text/plain",
      tags: { b: "2" },
      attributes: { ...attributes, exp: now + 60, updated: now + 5 },
    });
    expect((await world.send("GET", "/secrets/one")).body).toMatchObject({ value: "x" });
  });
});

describe("Get Secrets and Get Secret Versions", () => {
  it.each(["0", "26", "many"])("refuses maxresults=%s", async (size) => {
    expect(await refusal("GET", `/secrets?api-version=7.6&maxresults=${size}`)).toEqual([
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

describe("Delete Secret, and deleted secrets", () => {
  it("refuses to delete or recover a secret that does not exist", async () => {
    expect(await refusal("DELETE", "/secrets/none")).toEqual(notFound("none"));
    expect(await refusal("POST", "/deletedsecrets/none/recover")).toEqual(notFound("none"));
  });

  it("refuses to read or purge a deleted secret that does not exist", async () => {
    const error = { code: "SecretNotFound", message: "Deleted Secret not found: none" };
    expect(await refusal("GET", "/deletedsecrets/none")).toEqual([404, error]);
    expect(await refusal("DELETE", "/deletedsecrets/none")).toEqual([404, error]);
  });

  it("refuses to read a deleted secret, and to set one of its name", async () => {
    await world.set("one");
    await world.send("DELETE", "/secrets/one");
    expect(await refusal("GET", "/secrets/one")).toEqual(notFound("one"));
    expect(await refusal("PUT", "/secrets/one", { value: "x" })).toEqual([
      409,
      {
        code: "Conflict",
        message:
          "Secret one is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.",
        innererror: { code: "ObjectIsDeletedButRecoverable" },
      },
    ]);
  });

  it("refuses to purge in a vault with purge protection", async () => {
    world.vault.properties["enablePurgeProtection"] = true;
    await world.set("one");
    await world.send("DELETE", "/secrets/one");
    expect(await refusal("DELETE", "/deletedsecrets/one")).toEqual([
      403,
      {
        code: "Forbidden",
        message: `Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed. Vault: ${world.vault.name};location=westeurope`,
      },
    ]);
  });

  it("answers a deleted secret without its value, and recovers it with all versions", async () => {
    const first = await world.set("one", "1");
    const second = await world.set("one", "2");
    const deletion = {
      recoveryId: `${world.origin}/deletedsecrets/one`,
      deletedDate: now,
      scheduledPurgeDate: now + 90 * 24 * 3600,
    };
    const bundle = { ...deletion, id: `${world.origin}/secrets/one/${second}`, attributes };
    expect((await world.send("DELETE", "/secrets/one")).body).toEqual(bundle);
    expect((await world.send("GET", "/deletedsecrets/one")).body).toEqual(bundle);
    expect((await world.send("GET", "/deletedsecrets")).body["value"]).toEqual([
      { ...bundle, id: `${world.origin}/secrets/one` },
    ]);
    const recovered = await world.send("POST", "/deletedsecrets/one/recover");
    expect(recovered.body).toEqual({ id: bundle.id, attributes });
    expect((await world.send("GET", `/secrets/one/${first}`)).body).toMatchObject({ value: "1" });
  });

  it("frees the name of a purged secret", async () => {
    await world.set("one");
    await world.send("DELETE", "/secrets/one");
    expect((await world.send("DELETE", "/deletedsecrets/one")).status).toBe(204);
    expect((await world.send("PUT", "/secrets/one", { body: { value: "x" } })).status).toBe(200);
  });

  it("purges a deleted secret by itself when its days are over", async () => {
    await world.set("one");
    await world.send("DELETE", "/secrets/one");
    world.clock.milliseconds += 90 * 24 * 3_600_000;
    expect((await world.send("GET", "/deletedsecrets")).body["value"]).toEqual([]);
    expect((await world.send("PUT", "/secrets/one", { body: { value: "x" } })).status).toBe(200);
  });
});

async function refusal(method: string, path: string, body?: unknown): Promise<unknown[]> {
  const { status, error } = await world.send(method, path, { body });
  return [status, error];
}

function notFound(id: string): unknown[] {
  const message = `A secret with (name/id) ${id} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`;
  return [404, { code: "SecretNotFound", message }];
}
