import { describe, expect, it } from "vitest";
import { failure, type StorageWorld } from "./storage-world.ts";
import { useStorageWorld } from "./use-storage-world.ts";

// Documents: Blob service REST reference, "Naming and referencing containers, blobs, and metadata", "Status and error codes".
// What this cannot prove: sockets and TLS, and the official client, which local-azure's own tests use.

let world: StorageWorld;
useStorageWorld((renewed) => (world = renewed));

describe("Blob storage, addresses", () => {
  it("keeps a blob whose name looks like a path to another container in its own", async () => {
    world.newContainer(world.account, "payslips");
    expect((await world.send("PUT", "/invoices/..%2Fpayslips%2Fa", { body: "x" })).status).toBe(
      201,
    );
    const list = await world.send("GET", "/invoices?restype=container&comp=list");
    expect(await list.text()).toContain("<Name>../payslips/a</Name>");
  });

  it.each([
    ["a path that leaves the container", "/invoices/%2e%2e/payslips/a", 403],
    ["an empty container name", "//payslips/a", 400],
    ["an encoded container name", "/pay%73lips/a", 400],
    ["a parameter that is given twice", "/invoices?restype=container&comp=list&comp=acl", 400],
    ["a parameter that is no UTF-8", "/invoices?restype=container&comp=list&prefix=%FF", 400],
    ["a parameter in two spellings", "/invoices?restype=container&comp=list&Comp=acl", 400],
  ])("refuses %s", async (_, path, status) => {
    world.newContainer(world.account, "payslips");
    const response = await world.send("GET", path);
    const codes = /AuthorizationPermissionMismatch|InvalidResourceName|InvalidQueryParameterValue/;
    expect([response.status, await failure(response)]).toEqual([
      status,
      expect.stringMatching(codes),
    ]);
  });
});

describe("Blob storage, as recorded", () => {
  const blob = "/invoices/a%20b.txt";

  it("refuses a snapshot that is no time, naming the parameter", async () => {
    const response = await world.send("GET", `${blob}?snapshot=1`);
    const text = await failure(response);
    expect([response.status, response.headers.get("x-ms-error-code")]).toEqual([
      400,
      "InvalidQueryParameterValue",
    ]);
    expect(text).toContain(
      "<QueryParameterName>snapshot</QueryParameterName><QueryParameterValue>1</QueryParameterValue>",
    );
  });

  it("refuses a snapshot of a blob that was not modified since with 412", async () => {
    await world.put("x");
    const later = new Date(Date.now() + 86_400_000).toUTCString();
    const headers = { "if-modified-since": later };
    const response = await world.send("PUT", `${blob}?comp=snapshot`, { headers, body: "" });
    expect(response.status).toBe(412);
    expect(await failure(response)).toContain(
      "The condition specified using HTTP conditional header(s) is not met.",
    );
  });

  it("refuses to abort a copy of a blob that never was one", async () => {
    await world.put("x");
    const id = "aaaaaaaa-0000-4000-8000-000000000001";
    const headers = { "x-ms-copy-action": "abort" };
    const path = `${blob}?comp=copy&copyid=${id}`;
    const response = await world.send("PUT", path, { headers, body: "" });
    expect(response.status).toBe(409);
    expect(await failure(response)).toContain("There is currently no pending copy operation.");
  });

  it("takes an encryption algorithm without a key", async () => {
    await world.put("x");
    const headers = { "x-ms-encryption-algorithm": "AES256" };
    expect((await world.send("HEAD", blob, { headers })).status).toBe(200);
  });
});

describe("Blob storage, what is not there", () => {
  it("refuses an unknown account", async () => {
    const response = await world.send("GET", "/invoices/a", { account: "nosuchaccount" });
    expect([response.status, await failure(response)]).toEqual([
      404,
      expect.stringContaining("The specified resource does not exist."),
    ]);
  });

  it("refuses an unknown container", async () => {
    world.tenants.azure.state.resources.delete(world.containerId.toLowerCase());
    const response = await world.send("GET", "/invoices/a");
    expect([response.status, await failure(response)]).toEqual([
      404,
      expect.stringContaining("The specified container does not exist."),
    ]);
  });

  it("refuses requests from an address that the account's IP rules do not name, signed ones too", async () => {
    world.account.properties["networkAcls"] = only("127.0.0.0/30");
    expect((await world.send("GET", "/invoices/a")).status).toBe(404);
    world.account.properties["networkAcls"] = only("127.0.0.2");
    for (const path of ["/invoices/a", "/invoices/a?sig=c2ln&skoid=x"]) {
      const response = await world.send("GET", path);
      expect([response.status, await failure(response)]).toEqual([
        403,
        expect.stringContaining("<Code>AuthorizationFailure</Code>"),
      ]);
    }
  });

  it("refuses a sender who is gone, and whose address cannot be told any more", async () => {
    world.account.properties["networkAcls"] = only("127.0.0.1");
    const headers = { "x-ms-version": "2026-04-06" };
    const url = `https://localhost:9004/${world.account.name}/invoices/a`;
    const codeFor = async (remoteAddress?: string) => {
      const socket = { incoming: { socket: { remoteAddress } } };
      const answer = await world.fetch(new Request(url, { headers }), socket);
      return answer.headers.get("x-ms-error-code");
    };
    expect([await codeFor("127.0.0.1"), await codeFor()]).toEqual([
      "NoAuthenticationInformation",
      "AuthorizationFailure",
    ]);
  });

  it("refuses requests to an account without public network access", async () => {
    world.account.properties["publicNetworkAccess"] = "Disabled";
    const response = await world.send("GET", "/invoices/a");
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining("<Code>AuthorizationFailure</Code>"),
    ]);
  });

  it.each([
    ["statistics", "GET", "?restype=service&comp=stats", {}],
    ["a condition on the tags to set", "PUT", "/invoices/a?comp=tags", { "x-ms-if-tags": "a='1'" }],
    ["a condition on tags for a tier", "PUT", "/invoices/a?comp=tier", { "x-ms-if-tags": "a='1'" }],
    [
      "a condition on tags beside another",
      "PUT",
      "/invoices/a",
      { "x-ms-if-tags": "a='1'", "if-match": "*" },
    ],
    ["versions in a list", "GET", "/invoices?restype=container&comp=list&include=versions", {}],
    ["an operation hidden in brackets", "GET", "/invoices/a?[comp]=tags", {}],
    ["a parameter spelled unlike its document", "GET", "/invoices/a?Comp=tags", {}],
    ["a key of the client's own", "PUT", "/invoices/a", { "x-ms-encryption-key": "a2V5" }],
    ["an encryption scope", "PUT", "/invoices/a", { "x-ms-encryption-scope": "s" }],
    ["a framed body", "PUT", "/invoices/a", { "x-ms-structured-body": "XSM/1.0" }],
    [
      "another size of a page blob",
      "PUT",
      "/invoices/a?comp=properties",
      { "x-ms-blob-content-length": "1024" },
    ],
    ["a permanent deletion", "DELETE", "/invoices/a?deletetype=permanent", {}],
  ])("refuses %s as not emulated", async (_, method, path, headers) => {
    const principal = world.tenants.principal(world.tenants.home);
    world.tenants.grant(principal, "Storage Blob Data Owner", world.account.id);
    const response = await world.send(method, path, { principal, headers });
    expect([response.status, await failure(response)]).toEqual([
      501,
      expect.stringContaining("is not emulated"),
    ]);
  });
});

describe("Blob storage, a refused HEAD", () => {
  // azure-sdk-for-cpp parses an empty body as XML where a Content-Type says that it is.
  it("has a code, and no type of the body that it has not", async () => {
    const response = await world.send("HEAD", "/payslips/a");
    expect([response.status, Object.fromEntries(response.headers)]).toEqual([
      403,
      expect.objectContaining({ "x-ms-error-code": "AuthorizationPermissionMismatch" }),
    ]);
    expect(response.headers.get("content-type")).toBeNull();
  });
});

function only(value: string) {
  return { defaultAction: "Deny", ipRules: [{ value, action: "Allow" }] };
}
