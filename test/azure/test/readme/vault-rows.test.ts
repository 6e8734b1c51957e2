import { beforeAll, describe, expect, it } from "vitest";
import { vaultRoutes } from "../../src/key-vault/routes.ts";
import type { Route } from "../../src/service/route.ts";
import { VaultWorld } from "../key-vault/vault-world.ts";

let world: VaultWorld;
beforeAll(async () => {
  world = await VaultWorld.start();
});

describe("The rows of Key Vault", () => {
  it.each(vaultRoutes.filter(({ supported }) => supported === "no"))(
    "answer 501 for $method $path, as they say",
    async (route) => {
      const { status, error } = await send(route);
      expect([status, error.code]).toEqual([501, "NotImplemented"]);
    },
  );

  it.each(vaultRoutes.filter(({ supported }) => supported !== "no"))(
    "answer $method $path, as they say",
    async (route) => {
      expect((await send(route)).status).toBeLessThan(500);
    },
  );
});

function send({ method, path }: Route) {
  const filled = path.replaceAll(/\{\w+\}/g, "none");
  return world.send(method, filled, method === "GET" ? {} : { body: {} });
}
