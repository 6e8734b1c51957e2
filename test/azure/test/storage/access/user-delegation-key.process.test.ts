import { beforeEach, describe, expect, it } from "vitest";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import { failure, type StorageWorld } from "../storage-world.ts";
import { useStorageWorld } from "../use-storage-world.ts";
import { at, HOUR, keyOf } from "./delegated-signer.ts";

// Document: "Get User Delegation Key" of the Blob service REST reference. What this cannot prove: the code and text of a
// time that is refused.

const mismatch = "This request is not authorized to perform this operation using this permission.";

let world: StorageWorld;
let writer: ServicePrincipal;
useStorageWorld((renewed) => (world = renewed));
beforeEach(() => {
  writer = world.principalWith("Storage Blob Data Contributor");
});

describe("Get User Delegation Key", () => {
  it("refuses a role at one container, which is below the account", async () => {
    const key = world.client(world.reader).getUserDelegationKey(at(0), at(HOUR));
    await expect(key).rejects.toMatchObject({
      statusCode: 403,
      code: "AuthorizationPermissionMismatch",
      message: expect.stringContaining(mismatch),
    });
  });

  it("refuses a role that cannot generate keys", async () => {
    const manager = world.principalWith("Key Vault Secrets Officer");
    await expect(keyOf(world, manager)).rejects.toMatchObject({
      statusCode: 403,
      code: "AuthorizationPermissionMismatch",
    });
  });

  it.each([
    ["an expiry more than seven days away", at(8 * 24 * HOUR)],
    ["an expiry that has passed", at(-1000)],
  ])("refuses %s", async (_, expiry) => {
    const key = world.client(writer).getUserDelegationKey(at(-HOUR), expiry);
    await expect(key).rejects.toMatchObject({
      statusCode: 400,
      code: "InvalidXmlNodeValue",
      message: expect.stringContaining("not in the correct format"),
    });
  });

  it("refuses a body that is not its document", async () => {
    const path = "?restype=service&comp=userdelegationkey";
    const answer = await world.send("POST", path, { principal: writer, body: "<Key/>" });
    expect([answer.status, await failure(answer)]).toEqual([
      400,
      expect.stringContaining("XML specified is not syntactically valid."),
    ]);
  });

  it("issues a key that names who it is for, and another one for another time", async () => {
    const delegator = world.principalWith("Storage Blob Delegator");
    const [key, later] = [await keyOf(world, delegator), await keyOf(world, delegator, 2 * HOUR)];
    expect(key).toMatchObject({
      signedObjectId: delegator.objectId,
      signedTenantId: delegator.tenantId,
      signedService: "b",
    });
    expect(later.value).not.toBe(key.value);
  });
});
