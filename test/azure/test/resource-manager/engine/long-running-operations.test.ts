import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { requireSupportedApiVersion } from "../../../src/resource-manager/require-api-version.ts";
import { homeOwner, type HomeOwner, refusalOf } from "../home-owner.ts";
import { follow } from "../management-client.ts";

// Document: "Track asynchronous Azure operations".

let world: HomeOwner;
beforeAll(async () => {
  world = await homeOwner();
});

describe("Long-running operations", () => {
  it("are followed in the version of the request that began them", async () => {
    const account = `${world.group}/providers/Microsoft.Storage/storageAccounts/followed`;
    const body = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } };
    const accepted = await world.owner("PUT", `${account}?api-version=2023-05-01`, body);
    const { searchParams } = new URL(accepted.headers.get("location") ?? "");
    expect(searchParams.get("api-version")).toBe("2023-05-01");
    expect((await follow(world.owner, accepted)).status).toBe(200);
  });

  it("are followed in a version that is newer than those known of the type alone that began them", () => {
    const path = `/subscriptions/${randomUUID()}/operationresults/${randomUUID()}`;
    // Key Vault's, of azure-mgmt-keyvault 14.1.0 for Python; storage has newer ones.
    const version = "2026-05-15";
    const azure = { clock: { now: () => Date.UTC(2026, 9, 1) }, log: () => {} };
    const request = { method: "GET", path, location: undefined };
    expect(() => requireSupportedApiVersion(azure, request, version)).not.toThrow();
  });

  it("are followed by Azure-AsyncOperation", async () => {
    const machine = `${world.group}/providers/Microsoft.Compute/virtualMachines/vm`;
    const created = await world.owner("PUT", machine, { location: "westeurope" });
    expect([created.status, Object(created.body["properties"])]).toMatchObject([
      201,
      { provisioningState: "Creating" },
    ]);
    const { pathname, search } = new URL(created.headers.get("azure-asyncoperation") ?? "");
    const done = await world.owner("GET", `${pathname}${search}`);
    expect(done.body).toMatchObject({ status: "Succeeded", name: pathname.split("/").at(-1) });
    const none = await world.owner("GET", `${pathname}0${search}`);
    expect([none.status, none.error.code]).toEqual([404, "OperationNotFound"]);
    const { other } = world.tenants;
    const foreign = world.tenants.principal(other);
    world.tenants.grant(foreign, "Owner", `/subscriptions/${other.subscriptionId}`);
    const elsewhere = pathname.replace(world.tenants.home.subscriptionId, other.subscriptionId);
    const hidden = await world.as(foreign)("GET", `${elsewhere}${search}`);
    expect([hidden.status, hidden.error.code]).toEqual([404, "OperationNotFound"]);
    const stranger = world.tenants.principal(world.tenants.home);
    const refused = await world.as(stranger)("GET", `${pathname}${search}`);
    expect(refusalOf(refused).slice(0, 2)).toEqual([403, "AuthorizationFailed"]);
  });
});
