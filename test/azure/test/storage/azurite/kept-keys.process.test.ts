import { expect, it } from "vitest";
import { delegationKey } from "../../../src/storage/access/user-delegation-key.ts";
import { createStorageFront } from "../../../src/storage/storage.ts";
import type { Resource } from "../../../src/world/resource-records.ts";
import { emptyState } from "../../../src/world/state.ts";
import { createBareTenants } from "../../tenants/bare-tenants.ts";
import { sharedAzurite } from "../shared-azurite.ts";

// Document: persistence/README.md.

const terms = {
  objectId: "11111111-1111-4111-8111-111111111111",
  tenantId: "22222222-2222-4222-8222-222222222222",
  start: "2026-01-01T00:00:00Z",
  expiry: "2026-01-02T00:00:00Z",
  service: "b",
  version: "2026-04-06",
};

it("makes the same user delegation keys from what was saved, and others without it", async () => {
  const { azure } = await createBareTenants();
  const azurite = await sharedAzurite();
  const first = await createStorageFront(azure, azurite);
  const saved = first.save();
  const second = await createStorageFront(azure, azurite, saved);
  expect(second.save().delegationSecret).toBe(saved.delegationSecret);
  const other = await createStorageFront(azure, azurite);
  expect(other.save().delegationSecret).not.toBe(saved.delegationSecret);
});

it("makes other keys for an account that was deleted and made again", () => {
  expect(keyOfAccountMade("2026-01-01")).toBe(keyOfAccountMade("2026-01-01"));
  expect(keyOfAccountMade("2026-01-02")).not.toBe(keyOfAccountMade("2026-01-01"));
});

function keyOfAccountMade(creationTime: string): string {
  const account: Resource = {
    id: "/account",
    name: "account",
    type: "Microsoft.Storage/storageAccounts",
    tenantId: terms.tenantId,
    subscriptionId: "",
    properties: { creationTime },
  };
  return delegationKey({ state: emptyState() }, "secret", account, terms);
}
