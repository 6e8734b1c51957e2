import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBareTenants, type BareTenants } from "../resource-manager/bare-tenants.ts";
import type { Resource, ServicePrincipal } from "../state.ts";
import { startStorageFront, type StorageFront } from "./storage-front.ts";

// Documents: "Authorize with Microsoft Entra ID" and "Status and error codes" of the Blob service REST reference.
// What this cannot prove: sockets and TLS, and the official client, which local-azure's own tests use.

let tenants: BareTenants;
let front: StorageFront;
let account: Resource;
let containerId: string;
let reader: ServicePrincipal;

beforeAll(async () => {
  tenants = await createBareTenants();
  front = await startStorageFront(tenants.azure);
});

afterAll(() => front.close());

beforeEach(() => {
  account = newAccount();
  containerId = newContainer(account, "invoices");
  reader = tenants.principal(tenants.home);
  tenants.grant(reader, "Storage Blob Data Contributor", containerId);
});

describe("a Blob storage request with a token of the account's tenant and a role at the container", () => {
  it("writes, reads, lists and deletes a blob", async () => {
    expect((await put("hello")).status).toBe(201);
    const read = await send("GET", "/invoices/a%20b.txt");
    expect([read.status, await read.text()]).toEqual([200, "hello"]);
    const list = await send("GET", "/invoices?restype=container&comp=list");
    const xml = await list.text();
    expect(xml).toContain(`ServiceEndpoint="https://localhost:9004/${account.name}/"`);
    expect(xml).toContain("<Name>a b.txt</Name>");
    expect((await send("DELETE", "/invoices/a%20b.txt")).status).toBe(202);
    expect(await failure(await send("GET", "/invoices/a%20b.txt"))).toContain("BlobNotFound");
  });

  it("keeps a blob's content encoding, byte for byte", async () => {
    const headers = { "x-ms-blob-content-encoding": "gzip" };
    await put("not really gzip", headers);
    const read = await send("GET", "/invoices/a%20b.txt");
    expect([read.headers.get("content-encoding"), await read.text()]).toEqual([
      "gzip",
      "not really gzip",
    ]);
  });

  it("streams a large blob both ways", async () => {
    const block = new Uint8Array(1024 * 1024).fill(7);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (sent++ < 32 ? controller.enqueue(block) : controller.close()),
    });
    const headers = { "content-length": String(32 * block.length) };
    expect((await put(body, headers)).status).toBe(201);
    let received = 0;
    const read = await send("GET", "/invoices/a%20b.txt");
    for await (const chunk of read.body ?? []) received += chunk.length;
    expect(received).toBe(32 * block.length);
  });

  it("finds a container that was deleted and made again empty", async () => {
    await put("hello");
    tenants.azure.state.resources.delete(containerId.toLowerCase());
    newContainer(account, "invoices");
    expect(await failure(await send("GET", "/invoices/a%20b.txt"))).toContain("BlobNotFound");
  });

  it("finds a container that was deleted and made again by a data request empty", async () => {
    await put("hello");
    tenants.azure.state.resources.delete(containerId.toLowerCase());
    expect((await send("PUT", "/invoices?restype=container")).status).toBe(201);
    expect(tenants.azure.state.resources.has(containerId.toLowerCase())).toBe(true);
    expect(await failure(await send("GET", "/invoices/a%20b.txt"))).toContain("BlobNotFound");
  });

  it("finds an account that was deleted and made again empty", async () => {
    await put("hello");
    tenants.azure.state.resources.delete(account.id.toLowerCase());
    account = newAccount(account.name);
    containerId = newContainer(account, "invoices");
    tenants.grant(reader, "Storage Blob Data Contributor", containerId);
    expect(await failure(await send("GET", "/invoices/a%20b.txt"))).toContain("BlobNotFound");
  });
});

describe("Authorize with Microsoft Entra ID, permissions for calling data operations", () => {
  const mismatch =
    "This request is not authorized to perform this operation using this permission.";

  it("refuses a token of another tenant, naming the account's tenant in the challenge", async () => {
    const stranger = tenants.principal(tenants.other);
    tenants.grant(stranger, "Storage Blob Data Contributor", containerId);
    const response = await send("GET", "/invoices/a", { principal: stranger });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe(
      `Bearer authorization_uri=https://localhost:9001/${tenants.home.tenantId}/oauth2/authorize resource_id=https://storage.azure.com`,
    );
    const xml = await failure(response);
    expect(xml).toContain("<Code>InvalidAuthenticationInfo</Code>");
    expect(xml).toContain("Issuer validation failed. Issuer did not match.");
  });

  it("refuses a token for Resource Manager", async () => {
    const authorization = await tenants.bearer(reader, "resource-manager");
    const response = await send("GET", "/invoices/a", { authorization });
    expect(response.status).toBe(401);
    expect(await failure(response)).toContain(
      "Audience validation failed. Audience did not match.",
    );
  });

  it("refuses a principal without a role", async () => {
    const nobody = tenants.principal(tenants.home);
    const response = await send("GET", "/invoices/a", { principal: nobody });
    expect(response.status).toBe(403);
    expect(response.headers.get("x-ms-error-code")).toBe("AuthorizationPermissionMismatch");
    expect(await failure(response)).toContain(mismatch);
  });

  it("refuses a role at another container", async () => {
    newContainer(account, "payslips");
    const response = await send("GET", "/payslips/a");
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining(mismatch),
    ]);
  });

  it("refuses a role for the account's management, which has no data actions", async () => {
    const manager = tenants.principal(tenants.home);
    tenants.grant(manager, "Storage Account Contributor", account.id);
    const response = await send("GET", "/invoices/a", { principal: manager });
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining(mismatch),
    ]);
  });

  it("refuses to write with a reader's role", async () => {
    const principal = tenants.principal(tenants.home);
    tenants.grant(principal, "Storage Blob Data Reader", containerId);
    expect((await send("PUT", "/invoices/a", { principal, body: "x" })).status).toBe(403);
    expect((await send("GET", "/invoices/a", { principal })).status).toBe(404);
  });

  it("refuses to list containers with a role at one container", async () => {
    const response = await send("GET", "?comp=list");
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining("AuthorizationPermissionMismatch"),
    ]);
  });

  it("lists, creates and deletes containers with a role at the account", async () => {
    const principal = tenants.principal(tenants.home);
    tenants.grant(principal, "Storage Blob Data Owner", account.id);
    expect((await send("PUT", "/reports?restype=container", { principal })).status).toBe(201);
    const listed = await (await send("GET", "?comp=list", { principal })).text();
    expect(listed.match(/<Name>[^<]+/g)).toEqual(["<Name>invoices", "<Name>reports"]);
    expect((await send("DELETE", "/reports?restype=container", { principal })).status).toBe(202);
    const id = `${account.id}/blobServices/default/containers/reports`;
    expect(tenants.azure.state.resources.has(id.toLowerCase())).toBe(false);
  });
});

describe("Blob storage without a token", () => {
  it("refuses an anonymous request with a challenge", async () => {
    const response = await send("GET", "/invoices/a", { authorization: "" });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain(tenants.home.tenantId);
    expect(await failure(response)).toContain("<Code>NoAuthenticationInformation</Code>");
  });

  it("refuses a shared key where the account allows none", async () => {
    const authorization = `SharedKey ${account.name}:c2lnbmF0dXJl`;
    const response = await send("GET", "/invoices/a", { authorization });
    expect(response.status).toBe(403);
    const xml = await failure(response);
    expect(xml).toContain("<Code>KeyBasedAuthenticationNotPermitted</Code>");
    expect(xml).toContain("Key based authentication is not permitted on this storage account.");
  });

  it("refuses a shared access signature where the account allows no key", async () => {
    const response = await send("GET", "/invoices/a?sv=2020-10-02&sig=c2ln", { authorization: "" });
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining("KeyBasedAuthenticationNotPermitted"),
    ]);
  });

  it("refuses a token without a service version that knows tokens", async () => {
    const response = await send("GET", "/invoices/a", { version: "2015-12-11" });
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining("Authentication scheme Bearer is not supported in this version."),
    ]);
  });
});

describe("Blob storage, addresses", () => {
  it("keeps a blob whose name looks like a path to another container in its own", async () => {
    newContainer(account, "payslips");
    expect((await send("PUT", "/invoices/..%2Fpayslips%2Fa", { body: "x" })).status).toBe(201);
    const list = await send("GET", "/invoices?restype=container&comp=list");
    expect(await list.text()).toContain("<Name>../payslips/a</Name>");
  });

  it.each([
    ["a path that leaves the container", "/invoices/%2e%2e/payslips/a", 403],
    ["an empty container name", "//payslips/a", 400],
    ["an encoded container name", "/pay%73lips/a", 400],
    ["a parameter that is given twice", "/invoices?restype=container&comp=list&comp=acl", 400],
  ])("refuses %s", async (_, path, status) => {
    newContainer(account, "payslips");
    const response = await send("GET", path);
    const codes = /AuthorizationPermissionMismatch|InvalidResourceName|InvalidQueryParameterValue/;
    expect([response.status, await failure(response)]).toEqual([
      status,
      expect.stringMatching(codes),
    ]);
  });
});

describe("Blob storage, what is not there", () => {
  it("refuses an unknown account", async () => {
    const response = await send("GET", "/invoices/a", { account: "nosuchaccount" });
    expect([response.status, await failure(response)]).toEqual([
      404,
      expect.stringContaining("The specified resource does not exist."),
    ]);
  });

  it("refuses an unknown container", async () => {
    tenants.azure.state.resources.delete(containerId.toLowerCase());
    const response = await send("GET", "/invoices/a");
    expect([response.status, await failure(response)]).toEqual([
      404,
      expect.stringContaining("The specified container does not exist."),
    ]);
  });

  it("refuses requests to an account without public network access", async () => {
    account.properties["publicNetworkAccess"] = "Disabled";
    const response = await send("GET", "/invoices/a");
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining("<Code>AuthorizationFailure</Code>"),
    ]);
  });

  it.each([
    ["a copy from another address", "PUT", "/invoices/a", { "x-ms-copy-source": "https://x/" }],
    ["an access policy", "GET", "/invoices?restype=container&comp=acl", {}],
    ["a batch", "POST", "?comp=batch", {}],
  ])("refuses %s as not emulated", async (_, method, path, headers) => {
    const principal = tenants.principal(tenants.home);
    tenants.grant(principal, "Storage Blob Data Owner", account.id);
    const response = await send(method, path, { principal, headers });
    expect([response.status, await failure(response)]).toEqual([
      501,
      expect.stringContaining("is not emulated"),
    ]);
  });
});

interface Options {
  account?: string;
  principal?: ServicePrincipal;
  authorization?: string;
  version?: string;
  body?: string | ReadableStream<Uint8Array>;
  headers?: Record<string, string>;
}

async function send(method: string, path: string, options: Options = {}): Promise<Response> {
  const authorization =
    options.authorization ?? (await tenants.bearer(options.principal ?? reader, "storage"));
  const headers = new Headers({
    "x-ms-version": options.version ?? "2026-10-06",
    "x-ms-blob-type": "BlockBlob",
    ...options.headers,
  });
  if (typeof options.body === "string") headers.set("content-length", String(options.body.length));
  if (authorization !== "") headers.set("authorization", authorization);
  const url = `https://localhost:9004/${options.account ?? account.name}${path}`;
  return front.app.request(url, {
    method,
    headers,
    ...(options.body === undefined ? {} : { body: options.body, duplex: "half" }),
  });
}

function put(body: Options["body"] & {}, headers: Record<string, string> = {}): Promise<Response> {
  return send("PUT", "/invoices/a%20b.txt", { body, headers });
}

async function failure(response: Response): Promise<string> {
  expect(response.headers.get("x-ms-error-code")).not.toBeNull();
  return response.text();
}

function newAccount(name = `acct${randomUUID().slice(0, 8)}`): Resource {
  const { tenantId, subscriptionId } = tenants.home;
  return addResource({
    id: `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/${name}`,
    name,
    type: "Microsoft.Storage/storageAccounts",
    tenantId,
    subscriptionId,
    properties: { allowSharedKeyAccess: false },
  });
}

function newContainer({ id, tenantId, subscriptionId }: Resource, name: string): string {
  return addResource({
    id: `${id}/blobServices/default/containers/${name}`,
    name,
    type: "Microsoft.Storage/storageAccounts/blobServices/containers",
    tenantId,
    subscriptionId,
    properties: { publicAccess: "None" },
  }).id;
}

function addResource(resource: Resource): Resource {
  tenants.azure.state.resources.set(resource.id.toLowerCase(), resource);
  return resource;
}
