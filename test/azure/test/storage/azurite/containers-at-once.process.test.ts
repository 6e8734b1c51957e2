import type { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AccountPool } from "../../../src/storage/azurite/account-pool.ts";
import { ContainerRegistry } from "../../../src/storage/azurite/container-registry.ts";
import { type BlobRequest, readBlobRequest } from "../../../src/storage/engine/blob-request.ts";
import type { Resource } from "../../../src/world/resource-records.ts";
import { emptyState, type State } from "../../../src/world/state.ts";
import { sharedAzurite } from "../shared-azurite.ts";

const accountId =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acct";
const containerId = `${accountId}/blobServices/default/containers/invoices`;

let state: State;
let pool: AccountPool;
let registry: ContainerRegistry;
beforeAll(async () => {
  state = emptyState();
  pool = new AccountPool(state, await sharedAzurite());
});
beforeEach(async () => {
  await pool.reset();
  state.resources.clear();
  registry = new ContainerRegistry(state, pool);
  add(accountId, "acct", "Microsoft.Storage/storageAccounts");
});
afterAll(() => pool.reset());

describe("A container that is created while something else happens to it", () => {
  it("is there when its deletion is answered late and containers are listed meanwhile", async () => {
    await answered("PUT");
    const deletion = held("DELETE");
    await deletion.carriedOut;
    const creation = held("PUT");
    // Long enough for a creation that took no turn to be carried out.
    await answered("GET");
    deletion.answer();
    expect((await deletion.response).status).toBe(202);
    await creation.carriedOut;
    await answered("GET");
    creation.answer();
    expect((await creation.response).status).toBe(201);
    expect(state.resources.has(containerId.toLowerCase())).toBe(true);
    expect(await (await azurite()).getContainerClient("invoices").exists()).toBe(true);
  });

  it("is none of an account that was made anew meanwhile", async () => {
    const creation = held("PUT");
    await creation.carriedOut;
    add(accountId, "acct", "Microsoft.Storage/storageAccounts");
    creation.answer();
    await creation.response;
    expect(state.resources.has(containerId.toLowerCase())).toBe(false);
  });

  it("stays as Resource Manager has made it meanwhile", async () => {
    const creation = held("PUT");
    await creation.carriedOut;
    const made = add(
      containerId,
      "invoices",
      "Microsoft.Storage/storageAccounts/blobServices/containers",
    );
    creation.answer();
    await creation.response;
    expect(state.resources.get(containerId.toLowerCase())).toBe(made);
  });
});

/** A request about the container, or about the account for GET, whose answer of Azurite's is held back. */
function held(method: "PUT" | "DELETE" | "GET") {
  const [carriedOut, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const response = registry.follow(request(method), async (credential) => {
    const status = await carryOut(pool.client(credential), method);
    carriedOut.resolve();
    await release.promise;
    return new Response(null, { status });
  });
  return { response, carriedOut: carriedOut.promise, answer: release.resolve };
}

async function answered(method: "PUT" | "GET"): Promise<void> {
  const { response, answer } = held(method);
  answer();
  await response;
}

/** The status with which Azurite answers. */
async function carryOut(client: BlobServiceClient, method: string): Promise<number> {
  const container = client.getContainerClient("invoices");
  if (method === "GET") return 200;
  await (method === "PUT" ? container.create() : container.delete());
  return method === "PUT" ? 201 : 202;
}

async function azurite(): Promise<BlobServiceClient> {
  const credential: StorageSharedKeyCredential = await registry.prepare(request("GET"));
  return pool.client(credential);
}

function request(method: string): BlobRequest {
  const path = method === "GET" ? "?comp=list" : "/invoices?restype=container";
  return readBlobRequest(new Request(`https://localhost/acct${path}`, { method }), "127.0.0.1");
}

function add(id: string, name: string, type: string): Resource {
  const resource: Resource = {
    id,
    name,
    type,
    tenantId: "t",
    subscriptionId: "s",
    properties: {},
  };
  state.resources.set(id.toLowerCase(), resource);
  return resource;
}
