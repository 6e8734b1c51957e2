import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { httpsRequest } from "../../app-service/https-client.ts";
import { follow } from "../management-client.ts";
import { VaultSubscriptions } from "./vault-subscriptions.ts";

// Documents: Key Vault resource provider REST reference, "Vaults"; "Soft-delete overview".

const day = 24 * 3_600_000;
let world: VaultSubscriptions;

beforeAll(async () => {
  world = await VaultSubscriptions.start();
});

afterAll(() => world.keyVault.reset());

beforeEach(async () => {
  world = await world.renew();
});

describe("Deleted vaults", () => {
  it("refuses the name of a deleted vault, to its own tenant and to others in other words", async () => {
    await world.create();
    await world.owner("DELETE", world.vault);
    const own = await world.owner("PUT", world.vault, world.body());
    expect([own.status, own.error]).toEqual([
      409,
      {
        code: "ConflictError",
        message:
          "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.",
      },
    ]);
    const other = await world.createInOtherTenant(world.name);
    expect([other.status, other.error.code]).toEqual([409, "VaultAlreadyExists"]);
  });

  it("refuses to purge a vault with purge protection", async () => {
    await world.create({ enablePurgeProtection: true });
    await world.owner("DELETE", world.vault);
    const { status, error } = await world.owner("POST", `${deletedId()}/purge`);
    expect([status, error]).toEqual([
      405,
      { code: "MethodNotAllowed", message: "Operation 'DeletedVaultPurge' is not allowed." },
    ]);
  });

  it("refuses to read a deleted vault that does not exist, or another tenant's", async () => {
    await world.create();
    const missing = await world.owner("GET", deletedId());
    expect([missing.status, missing.error.code]).toEqual([404, "DeletedVaultNotFound"]);
    await world.owner("DELETE", world.vault);
    const { subscriptionId } = world.tenants.other;
    const foreign = deletedId().replace(world.tenants.home.subscriptionId, subscriptionId);
    expect((await world.otherOwner("GET", foreign)).status).toBe(404);
  });

  it("keeps a deleted vault, its secrets and its address for recovery", async () => {
    const uri = await world.create();
    const secret = keepSecret();
    expect((await world.owner("DELETE", world.vault)).status).toBe(200);
    expect((await world.owner("GET", world.vault)).status).toBe(404);
    const { body: deleted } = await world.owner("GET", deletedId());
    expect(deleted).toEqual({
      id: deletedId(),
      name: world.name,
      type: "Microsoft.KeyVault/deletedVaults",
      properties: {
        vaultId: world.vault,
        location: "westeurope",
        tags: {},
        purgeProtectionEnabled: false,
        deletionDate: seconds(world.clock.milliseconds),
        scheduledPurgeDate: seconds(world.clock.milliseconds + 90 * day),
      },
    });
    const list = await world.owner("GET", deletedId().replace(/\/locations.*/, "/deletedVaults"));
    expect(list.body["value"]).toContainEqual(deleted);
    const recovered = await world.owner("PUT", world.vault, world.body({ createMode: "recover" }));
    expect(recovered.body).toMatchObject({ properties: { vaultUri: uri } });
    expect(world.tenants.azure.state.secrets.has(secret)).toBe(true);
    expect((await world.owner("GET", deletedId())).status).toBe(404);
  });

  it("keeps a vault that goes with its resource group", async () => {
    await world.create();
    const accepted = await world.owner("DELETE", world.group);
    expect((await follow(world.owner, accepted)).status).toBe(200);
    expect((await world.owner("GET", deletedId())).status).toBe(200);
  });

  it("closes a purged vault's address, forgets its secrets and frees its name", async () => {
    const uri = await world.create();
    const secret = keepSecret();
    await world.owner("DELETE", world.vault);
    const accepted = await world.owner("POST", `${deletedId()}/purge`);
    expect(accepted.status).toBe(202);
    expect((await follow(world.owner, accepted)).status).toBe(200);
    expect(world.tenants.azure.state.secrets.has(secret)).toBe(false);
    const { ca } = world.tenants.azure.certificate;
    await expect(httpsRequest(uri, ca)).rejects.toThrow();
    expect((await world.createInOtherTenant(world.name)).status).toBe(200);
  });

  it("purges a deleted vault by itself when its days are over", async () => {
    await world.create({ softDeleteRetentionInDays: 7 });
    const secret = keepSecret();
    await world.owner("DELETE", world.vault);
    world.clock.milliseconds += 7 * day;
    expect((await world.checkName(world.name)).body).toEqual({ nameAvailable: true });
    expect(world.tenants.azure.state.secrets.has(secret)).toBe(false);
  });
});

function deletedId(): string {
  return `/subscriptions/${world.tenants.home.subscriptionId}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/${world.name}`;
}

/** Puts a secret into the vault and returns its key. */
function keepSecret(): string {
  const key = `${world.vault}/secrets/one`.toLowerCase();
  world.tenants.azure.state.secrets.set(key, { name: "one", versions: [] });
  return key;
}

function seconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
