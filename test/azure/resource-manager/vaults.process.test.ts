import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { httpsRequest } from "../app-service/https-client.ts";
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

describe("Vaults, what is refused", () => {
  it.each(["ab", "1abc", "abc-", "a--b", "under_score", "x".repeat(25)])(
    "refuses the name %s",
    async (bad) => {
      const { status, error } = await world.owner(
        "PUT",
        world.vault.replace(world.name, bad),
        world.body(),
      );
      expect([status, error]).toEqual([
        400,
        {
          code: "VaultNameNotValid",
          message: `The vault name '${bad}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742`,
        },
      ]);
    },
  );

  it("refuses a name that a vault of another tenant has, in any case", async () => {
    await world.create();
    const { status, error } = await world.createInOtherTenant(world.name.toUpperCase());
    expect([status, error]).toEqual([
      409,
      { code: "VaultAlreadyExists", message: takenName(world.name.toUpperCase()) },
    ]);
  });

  it("refuses another tenant than the subscription's", async () => {
    for (const tenantId of [world.tenants.other.tenantId, undefined, { toString: 1 }]) {
      const { status, error } = await world.owner("PUT", world.vault, world.body({ tenantId }));
      expect([status, error]).toEqual([
        400,
        { code: "BadRequest", message: "An invalid value was provided for 'tenantId'." },
      ]);
    }
  });

  it.each([
    ["access policies", { enableRbacAuthorization: false }],
    ["access policies, which earlier API versions make", { enableRbacAuthorization: undefined }],
    ["no soft delete", { enableSoftDelete: false }],
  ])("refuses a vault with %s as not emulated", async (_, properties) => {
    const { status, error } = await world.owner("PUT", world.vault, world.body(properties));
    expect([status, error]).toMatchObject([
      501,
      { code: "NotImplemented", message: expect.stringMatching(/^not emulated: a vault with/) },
    ]);
  });

  it("refuses to write access policies as not emulated", async () => {
    await world.create();
    const { status, error } = await world.owner("PUT", `${world.vault}/accessPolicies/add`, {});
    expect([status, error]).toEqual([
      501,
      { code: "NotImplemented", message: `PUT ${world.vault}/accessPolicies/add is not emulated` },
    ]);
  });

  it.each([
    [
      { enablePurgeProtection: false },
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    ],
    [
      { softDeleteRetentionInDays: 7 },
      'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
    ],
    [
      { softDeleteRetentionInDays: 91 },
      "An invalid value was provided for 'softDeleteRetentionInDays'.",
    ],
    [{ sku: null }, "An invalid value was provided for 'sku'."],
  ])("refuses to change a vault's properties to %j", async (properties, message) => {
    await world.create();
    const { status, error } = await world.owner("PATCH", world.vault, { properties });
    expect([status, error]).toEqual([400, { code: "BadRequest", message }]);
  });

  it("refuses to recover a vault that was not deleted", async () => {
    const { status, error } = await world.owner(
      "PUT",
      world.vault,
      world.body({ createMode: "recover" }),
    );
    expect([status, error]).toMatchObject([
      400,
      {
        code: "SoftDeletedVaultDoesNotExist",
        message: expect.stringContaining(
          "A soft deleted vault with the given name does not exist.",
        ),
      },
    ]);
  });
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
          provisioningState: "Succeeded",
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
    const { body: created } = await world.owner(
      "PUT",
      world.vault,
      world.body({ enabledForDeployment: true }),
    );
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
