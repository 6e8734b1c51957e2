import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { VaultWorld } from "./vault-world.ts";

// Document: Key Vault developer's guide, "REST API error codes".
// What this cannot prove: sockets and TLS, and the official client.

let world: VaultWorld;

beforeAll(async () => {
  world = await VaultWorld.start();
});

beforeEach(async () => {
  world = world.renew();
  await world.set("one");
});

describe("Key Vault, what it does not serve", () => {
  it.each(["https://none.vault.localhost:9007", "https://localhost:9007"])(
    "refuses %s, which names no vault",
    async (origin) => {
      const { status, error } = await world.send("GET", "/secrets/one", { origin });
      expect([status, error]).toEqual([
        404,
        {
          code: "VaultNotFound",
          message: "no key vault is at this address; on Azure its host would not resolve",
        },
      ]);
    },
  );

  it.each([
    ["POST", "/secrets/restore"],
    ["POST", "/secrets/one/backup"],
    ["GET", "/keys"],
    ["POST", "/keys/one/create"],
    ["GET", "/certificates"],
  ])("refuses %s %s as not emulated", async (method, path) => {
    const { status, error } = await world.send(method, path);
    expect([status, error]).toEqual([
      501,
      { code: "NotImplemented", message: `${method} ${path} is not emulated` },
    ]);
  });

  it("refuses an api-version that Key Vault does not know", async () => {
    const { status, error } = await world.send("GET", "/secrets/one?api-version=9.9");
    expect([status, error]).toEqual([
      400,
      {
        code: "BadParameter",
        message:
          "The specified version (9.9) is not recognized. Consider using the latest supported version (2026-04-01).",
      },
    ]);
  });

  it("refuses an api-version that only Azure knows", async () => {
    const { status, error } = await world.send("GET", "/secrets/one?api-version=7.6-preview.2");
    expect([status, error]).toEqual([
      501,
      { code: "NotImplemented", message: "api-version '7.6-preview.2' is not emulated" },
    ]);
  });

  it.each(["under_score", "dot.ted", "x".repeat(128), "%E0%A4"])(
    "refuses the name %s",
    async (name) => {
      const { status, error } = await world.send("GET", `/secrets/${name}`);
      expect([status, error]).toEqual([
        400,
        {
          code: "BadParameter",
          message: expect.stringMatching(/^The request URI contains an invalid name: /),
        },
      ]);
    },
  );
});
