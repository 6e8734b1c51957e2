import { describe, expect, it } from "vitest";
import { failure, type StorageWorld } from "./storage-world.ts";
import { useStorageWorld } from "./use-storage-world.ts";

// Documents: Blob service REST reference.
// What this cannot prove: sockets and TLS, and the official client, which local-azure's own tests use.

let world: StorageWorld;
useStorageWorld((renewed) => (world = renewed));

describe("a Blob storage request with a token of the account's tenant and a role at the container", () => {
  it("writes, reads, lists and deletes a blob", async () => {
    expect((await world.put("hello")).status).toBe(201);
    const read = await world.send("GET", "/invoices/a%20b.txt");
    expect([read.status, await read.text()]).toEqual([200, "hello"]);
    const list = await world.send("GET", "/invoices?restype=container&comp=list");
    const xml = await list.text();
    expect(xml).toContain(`ServiceEndpoint="https://localhost:9004/${world.account.name}/"`);
    expect(xml).toContain("<Name>a b.txt</Name>");
    expect((await world.send("DELETE", "/invoices/a%20b.txt")).status).toBe(202);
    expect(await failure(await world.send("GET", "/invoices/a%20b.txt"))).toContain("BlobNotFound");
  });

  it("names the service as Azure does, whether it answers or refuses", async () => {
    const answers = [
      await world.put("hello"),
      await world.send("GET", "/invoices/a%20b.txt"),
      await world.send("HEAD", "/invoices/missing"),
      await world.send("GET", "/invoices/a%20b.txt", { authorization: "Bearer x" }),
    ];
    expect(answers.map(({ status, headers }) => [status, headers.get("server")])).toEqual(
      [201, 200, 404, 401].map((status) => [
        status,
        "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0",
      ]),
    );
  });

  it("keeps a blob's content encoding, byte for byte", async () => {
    const headers = { "x-ms-blob-content-encoding": "gzip" };
    await world.put("not really gzip", headers);
    const read = await world.send("GET", "/invoices/a%20b.txt");
    expect([read.headers.get("content-encoding"), await read.text()]).toEqual([
      "gzip",
      "not really gzip",
    ]);
  });

  it("takes an empty tier for none on a write, but not where a tier is all that is set", async () => {
    const headers = { "x-ms-access-tier": "" };
    expect((await world.put("hello", headers)).status).toBe(201);
    const body = "<BlockList></BlockList>";
    const commit = await world.send("PUT", "/invoices/b?comp=blocklist", { body, headers });
    expect(commit.status).toBe(201);
    const set = await world.send("PUT", "/invoices/a%20b.txt?comp=tier", { headers });
    expect([set.status, await failure(set)]).toEqual([400, expect.stringContaining("<Code>")]);
  });

  it("streams a large blob both ways", async () => {
    const block = new Uint8Array(1024 * 1024).fill(7);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (sent++ < 32 ? controller.enqueue(block) : controller.close()),
    });
    const headers = { "content-length": String(32 * block.length) };
    expect((await world.put(body, headers)).status).toBe(201);
    let received = 0;
    const read = await world.send("GET", "/invoices/a%20b.txt");
    for await (const chunk of read.body ?? []) received += chunk.length;
    expect(received).toBe(32 * block.length);
  });

  it("finds an account that was deleted under a lease and made again empty", async () => {
    const writer = world.principalWith("Storage Blob Data Contributor");
    const container = world.client(writer).getContainerClient("invoices");
    await container.uploadBlockBlob("left", "hello", 5);
    await container.getBlobLeaseClient().acquireLease(-1);
    world.account = world.newAccount(world.tenants.home, world.account.name);
    world.newContainer(world.account, "invoices");
    expect(await container.getBlobClient("left").exists()).toBe(false);
  });

  it("finds a container that was deleted and made again empty", async () => {
    await world.put("hello");
    world.tenants.azure.state.resources.delete(world.containerId.toLowerCase());
    world.newContainer(world.account, "invoices");
    expect(await failure(await world.send("GET", "/invoices/a%20b.txt"))).toContain("BlobNotFound");
  });

  it("finds a container that was deleted and made again by a data request empty", async () => {
    await world.put("hello");
    world.tenants.azure.state.resources.delete(world.containerId.toLowerCase());
    expect((await world.send("PUT", "/invoices?restype=container")).status).toBe(201);
    expect(world.tenants.azure.state.resources.has(world.containerId.toLowerCase())).toBe(true);
    expect(await failure(await world.send("GET", "/invoices/a%20b.txt"))).toContain("BlobNotFound");
  });

  it("finds an account that was deleted and made again empty", async () => {
    await world.put("hello");
    world.tenants.azure.state.resources.delete(world.account.id.toLowerCase());
    world.account = world.newAccount(world.tenants.home, world.account.name);
    world.containerId = world.newContainer(world.account, "invoices");
    world.tenants.grant(world.reader, "Storage Blob Data Contributor", world.containerId);
    expect(await failure(await world.send("GET", "/invoices/a%20b.txt"))).toContain("BlobNotFound");
  });

  it("keeps containers that are made while others are listed, and makes each once", async () => {
    const principal = world.principalWith("Storage Blob Data Owner");
    const status = async (method: string, path: string) =>
      (await world.send(method, path, { principal })).status;
    const create = (name: string) => status("PUT", `/${name}?restype=container`);
    const names = Array.from({ length: 15 }, (_, index) => `made${index}`);
    const left = [...names];
    // One listing after the other, as long as containers are made.
    const list = async () => {
      while (left.length > 0) expect(await status("GET", "/?comp=list")).toBe(200);
    };
    const lists = [list(), list(), list()];
    while (left.length > 0) {
      const name = left.pop() ?? "";
      expect((await Promise.all([create(name), create(name)])).sort()).toEqual([201, 409]);
    }
    await Promise.all(lists);
    for (const name of names)
      expect(await status("GET", `/${name}?restype=container&comp=list`)).toBe(200);
  });
});
