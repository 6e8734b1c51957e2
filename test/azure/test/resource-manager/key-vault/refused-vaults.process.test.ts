import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
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
