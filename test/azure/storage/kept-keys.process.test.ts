import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Azure } from "../azure.ts";
import { createBareTenants } from "../resource-manager/bare-tenants.ts";
import { emptyState, type Resource } from "../state.ts";
import { startStorageFront } from "./storage-front.ts";
import { delegationKey } from "./user-delegation-key.ts";

// Document: persistence/README.md.

const terms = {
  objectId: "11111111-1111-4111-8111-111111111111",
  tenantId: "22222222-2222-4222-8222-222222222222",
  start: "2026-01-01T00:00:00Z",
  expiry: "2026-01-02T00:00:00Z",
  service: "b",
  version: "2026-04-06",
};

let azure: Azure;
let folder: string;
beforeAll(async () => {
  ({ azure } = await createBareTenants());
  folder = await mkdtemp(join(tmpdir(), "kept-keys-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("makes the same user delegation keys after a stop and a start, and others in another folder", async () => {
  const first = await startStorageFront(azure, { folder, saved: undefined });
  const saved = first.save();
  await first.close();
  const second = await startStorageFront(azure, { folder, saved });
  expect(second.save().delegationSecret).toBe(saved.delegationSecret);
  await second.close();
  const fresh = await startStorageFront(azure);
  expect(fresh.save().delegationSecret).not.toBe(saved.delegationSecret);
  await fresh.close();
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
