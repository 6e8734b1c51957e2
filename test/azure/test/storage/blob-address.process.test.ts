import { request } from "node:https";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { type HttpsService, startHttpsService } from "../../src/http/https-service.ts";
import { blobEndpoint } from "../../src/world/names/blob-address.ts";
import { failure, type StorageWorld } from "./storage-world.ts";
import { useStorageWorld } from "./use-storage-world.ts";

// Document: "Storage account overview", "Storage account endpoints". What this cannot prove: that *.localhost resolves.

let world: StorageWorld;
useStorageWorld((renewed) => (world = renewed));

describe("A storage account's own host", () => {
  it("names the same blobs as the path does", async () => {
    await world.put("hello");
    const read = await world.send("GET", "/invoices/a%20b.txt", { origin: origin() });
    expect([read.status, await read.text()]).toEqual([200, "hello"]);
  });

  it("is what lists that were asked there name", async () => {
    const path = "/invoices?restype=container&comp=list";
    const answer = await world.send("GET", path, { origin: origin() });
    expect(await answer.text()).toContain(`ServiceEndpoint="${origin()}/"`);
  });

  it("lists containers at its root", async () => {
    const principal = world.principalWith("Storage Blob Data Reader");
    const answer = await world.send("GET", "/?comp=list", { origin: origin(), principal });
    expect(await answer.text()).toContain("<Name>invoices</Name>");
  });

  it("refuses a host of no account, whatever its path says", async () => {
    const path = `/${world.account.name}/invoices/a`;
    const answer = await world.send("GET", path, { origin: "https://nobody.blob.localhost:9004" });
    expect([answer.status, await failure(answer)]).toEqual([
      404,
      expect.stringContaining("The specified resource does not exist."),
    ]);
  });

  it("refuses an empty container name", async () => {
    const answer = await world.send("GET", "//a", { origin: origin() });
    expect([answer.status, await failure(answer)]).toEqual([
      400,
      expect.stringContaining("The specified resource name contains invalid characters."),
    ]);
  });

  it("is answered over TLS, with a certificate for it", async () => {
    const { certificate } = world.tenants.azure;
    const service = await startHttpsService(world, certificate);
    const host = `${world.account.name}.blob.localhost`;
    const answer = await ask(service, host, certificate.ca);
    await service.close();
    expect(answer).toContain("<Code>NoAuthenticationInformation</Code>");
  });
});

describe("The address that Resource Manager reports", () => {
  it.each([
    [undefined, "https://localhost:9004/acct/"],
    ["path", "https://localhost:9004/acct/"],
    ["host", "https://acct.blob.localhost:9004/"],
  ] as const)("with the setting %s is %s", (blobAddresses, address) => {
    const { endpoints } = world.tenants.azure;
    const settings = blobAddresses === undefined ? {} : { blobAddresses };
    expect(blobEndpoint({ endpoints, ...settings }, "acct")).toBe(address);
  });
});

function origin(): string {
  return `https://${world.account.name}.blob.localhost:9004`;
}

/** Asks for a host that this machine may not resolve, verifying the certificate for that host. */
async function ask({ port }: HttpsService, host: string, ca: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const headers = { host: `${host}:${port}`, "x-ms-version": "2026-04-06" };
  const to = { host: "127.0.0.1", port, servername: host, ca, path: "/invoices/a", headers };
  request({ ...to, agent: false }, (response) => resolve(text(response)))
    .once("error", reject)
    .end();
  return promise;
}
