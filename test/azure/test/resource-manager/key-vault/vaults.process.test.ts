import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { httpsRequest } from "../../app-service/https-client.ts";
import { takenName, VaultSubscriptions } from "./vault-subscriptions.ts";

// Documents: Key Vault resource provider REST reference, "Vaults".

let world: VaultSubscriptions;

beforeAll(async () => {
  world = await VaultSubscriptions.start();
});

afterAll(() => world.keyVault.reset());

beforeEach(async () => {
  world = await world.renew();
});

describe("Vaults", () => {
  it("answers a vault with the address of its data plane", async () => {
    const { status, body: created } = await world.owner("PUT", world.vault, {
      ...world.body(),
      tags: { a: "1" },
    });
    expect([status, created]).toMatchObject([
      200,
      {
        id: world.vault,
        name: world.name,
        type: "Microsoft.KeyVault/vaults",
        location: "westeurope",
        tags: { a: "1" },
        properties: {
          ...world.body().properties,
          accessPolicies: [],
          enableSoftDelete: true,
          softDeleteRetentionInDays: 90,
          publicNetworkAccess: "Enabled",
          provisioningState: "RegisteringDns",
        },
      },
    ]);
    const uri = await world.create();
    expect(uri).toMatch(/^https:\/\/localhost:\d+\/$/);
    const { ca } = world.tenants.azure.certificate;
    const answer = await httpsRequest(`${uri}secrets/one?api-version=7.6`, ca);
    expect([answer.status, answer.headers["www-authenticate"]]).toEqual([
      401,
      `Bearer authorization="https://localhost:9001/${world.tenants.home.tenantId}", resource="https://vault.azure.net"`,
    ]);
  });

  it("has a host of its own as address where the setting says so", async () => {
    const other = await (await VaultSubscriptions.start({ vaultAddresses: "host" })).renew();
    expect(await other.create()).toBe(`https://${other.name}.vault.localhost:9007/`);
  });

  it("needs no enableRbacAuthorization from API version 2026-02-01 on", async () => {
    const given = world.body({ enableRbacAuthorization: undefined });
    const { status, body: created } = await world.owner(
      "PUT",
      `${world.vault}?api-version=2026-02-01`,
      given,
    );
    expect([status, created]).toMatchObject([
      200,
      { properties: { enableRbacAuthorization: true } },
    ]);
  });

  it("keeps address and properties when it is written or patched again", async () => {
    const body = world.body({ enabledForDeployment: true });
    await world.owner("PUT", world.vault, body);
    const { body: created } = await world.owner("GET", world.vault);
    expect(created["properties"]).toMatchObject({ provisioningState: "Succeeded" });
    expect((await world.owner("PUT", world.vault, world.body())).body).toEqual(created);
    const patched = await world.owner("PATCH", world.vault, {
      tags: { b: "2" },
      properties: { publicNetworkAccess: "Disabled", vaultUri: "https://elsewhere.invalid/" },
    });
    const properties = Object(created["properties"]) as object;
    expect(patched.body).toEqual({
      ...created,
      tags: { b: "2" },
      properties: { ...properties, publicNetworkAccess: "Disabled" },
    });
  });

  it("lists the vaults of a group and of a subscription", async () => {
    await world.create();
    for (const scope of [world.group, world.group.replace(/\/resourceGroups.*/, "")]) {
      const { body: list } = await world.owner(
        "GET",
        `${scope}/providers/Microsoft.KeyVault/vaults`,
      );
      expect(list["value"]).toContainEqual(expect.objectContaining({ id: world.vault }));
    }
  });

  it("says beforehand whether a name is free", async () => {
    expect((await world.checkName(world.name)).body).toEqual({ nameAvailable: true });
    await world.create();
    const taken = { nameAvailable: false, reason: "AlreadyExists", message: takenName(world.name) };
    expect((await world.checkName(world.name)).body).toEqual(taken);
    await world.owner("DELETE", world.vault);
    expect((await world.checkName(world.name)).body).toEqual(taken);
    expect((await world.checkName("a")).body).toMatchObject({ reason: "AccountNameInvalid" });
  });
});
