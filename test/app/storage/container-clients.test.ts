import { afterEach, beforeEach, expect, test } from "vitest";
import { azureBlobStore } from "../../../app/storage/azure-blob-store.ts";
import { ContainerClients } from "../../../app/storage/container-clients.ts";
import type { Target } from "../../../app/target.ts";
import { ManualClock } from "../../../app/token/test/manual-clock.ts";
import { hello, StubStorage } from "./stub-storage.ts";

const { signal } = new AbortController();
let storage: StubStorage;
let opened: string[];
let containers: ContainerClients;

beforeEach(async () => {
  storage = new StubStorage();
  await storage.listen();
  storage.answers = [hello];
  opened = [];
  containers = new ContainerClients((tenantId) => {
    opened.push(tenantId.slice(-1));
    return { getToken: () => Promise.resolve(`of-${tenantId.slice(-1)}`), reject: () => undefined };
  });
});
afterEach(() => storage.close());

async function read(target: Target): Promise<void> {
  const store = azureBlobStore(target, containers.open(target), new ManualClock());
  (await store.read("a", signal)).body.destroy();
}

test("shares one client between the containers of an account", async () => {
  await read({ ...storage.target(), container: "files" });
  await read({ ...storage.target(), container: "photos" });
  expect(opened).toEqual(["1"]);
  expect(storage.requests).toEqual([
    "GET /contoso/files/a Bearer of-1",
    "GET /contoso/photos/a Bearer of-1",
  ]);
});

test("makes a client of its own for another account of the tenant", async () => {
  await read(storage.target("invoices", "contoso"));
  await read(storage.target("photos", "contoso2"));
  expect(opened).toEqual(["1", "1"]);
  expect(storage.requests.map((line) => line.split("/")[1])).toEqual(["contoso", "contoso2"]);
});

test("never sends one tenant's token for another tenant's target, even at the same account", async () => {
  await read(storage.target("invoices", "contoso", "1"));
  await read(storage.target("photos", "contoso", "2"));
  expect(storage.requests.map((line) => line.split(" ").at(-1))).toEqual(["of-1", "of-2"]);
});
