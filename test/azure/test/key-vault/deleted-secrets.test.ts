import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attributes, notFound, now } from "./expected-secret.ts";
import { VaultWorld } from "./vault-world.ts";

// Documents: Key Vault REST reference, "Deleted Secrets"; "Soft-delete overview".
// What this cannot prove: sockets and TLS, and the official client.

let world: VaultWorld;

beforeAll(async () => {
  world = await VaultWorld.start();
});

beforeEach(() => {
  world = world.renew();
});

describe("Delete Secret, and deleted secrets", () => {
  it("refuses to delete or recover a secret that does not exist", async () => {
    expect(await world.refusal("DELETE", "/secrets/none")).toEqual(notFound("none"));
    expect(await world.refusal("POST", "/deletedsecrets/none/recover")).toEqual(notFound("none"));
  });

  it("refuses to recover a secret that was not deleted", async () => {
    await world.set("kept");
    expect(await world.refusal("POST", "/deletedsecrets/kept/recover")).toEqual([
      400,
      {
        code: "MethodNotAllowed",
        message: "Secret exists already: kept",
        innererror: { code: "RequestNotAllowedOnNonDeletedObject" },
      },
    ]);
  });

  it("refuses to read or purge a deleted secret that does not exist", async () => {
    const error = { code: "SecretNotFound", message: "Deleted Secret not found: none" };
    expect(await world.refusal("GET", "/deletedsecrets/none")).toEqual([404, error]);
    expect(await world.refusal("DELETE", "/deletedsecrets/none")).toEqual([404, error]);
  });

  it("refuses to read a deleted secret, and to set one of its name", async () => {
    await world.set("one");
    await world.send("DELETE", "/secrets/one");
    expect(await world.refusal("GET", "/secrets/one")).toEqual(notFound("one"));
    expect(await world.refusal("PUT", "/secrets/one", { value: "x" })).toEqual([
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
    expect(await world.refusal("DELETE", "/deletedsecrets/one")).toEqual([
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
