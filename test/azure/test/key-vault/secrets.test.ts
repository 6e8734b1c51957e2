import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attributes, notFound, now } from "./expected-secret.ts";
import { VaultWorld } from "./vault-world.ts";

// Documents: Key Vault REST reference, "Secrets"; "About Azure Key Vault secrets".
// What this cannot prove: sockets and TLS, and the official client.

let world: VaultWorld;

beforeAll(async () => {
  world = await VaultWorld.start();
});

beforeEach(() => {
  world = world.renew();
});

describe("Get Secret", () => {
  it("refuses a secret that does not exist", async () => {
    expect(await world.refusal("GET", "/secrets/none")).toEqual(notFound("none"));
  });

  it("refuses a version that does not exist", async () => {
    await world.set("one");
    const version = "0".repeat(32);
    expect(await world.refusal("GET", `/secrets/one/${version}`)).toEqual(
      notFound(`one/${version}`),
    );
  });

  it("refuses a disabled secret", async () => {
    await world.set("one", "x", { attributes: { enabled: false } });
    expect(await world.refusal("GET", "/secrets/one")).toEqual([
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
    expect(await world.refusal("PUT", "/secrets/one", body)).toEqual([
      400,
      { code: "BadParameter", message: "Property  has invalid value\r\n" },
    ]);
  });

  it("refuses a value above 25 KB", async () => {
    expect(
      await world.refusal("PUT", "/secrets/one", { value: "x".repeat(25 * 1024 + 1) }),
    ).toEqual([400, { code: "BadParameter", message: "the secret's value exceeds 25600 bytes" }]);
  });

  it("refuses to update a secret that does not exist", async () => {
    expect(await world.refusal("PATCH", "/secrets/none", {})).toEqual(notFound("none"));
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
