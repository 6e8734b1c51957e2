import { describe, expect, it } from "vitest";
import { issueApplicationToken } from "../../../src/entra/issue-token.ts";
import { failure, type StorageWorld } from "../storage-world.ts";
import { useStorageWorld } from "../use-storage-world.ts";

// Documents: "Authorize with Microsoft Entra ID" and "Status and error codes" of the Blob service REST reference.
// What this cannot prove: sockets and TLS, and the official client, which local-azure's own tests use.

let world: StorageWorld;
useStorageWorld((renewed) => (world = renewed));

describe("Authorize with Microsoft Entra ID, permissions for calling data operations", () => {
  const mismatch =
    "This request is not authorized to perform this operation using this permission.";

  it("refuses a token of another tenant, naming the account's tenant in the challenge", async () => {
    const stranger = world.tenants.principal(world.tenants.other);
    world.tenants.grant(stranger, "Storage Blob Data Contributor", world.containerId);
    const response = await world.send("GET", "/invoices/a", { principal: stranger });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe(
      `Bearer authorization_uri=https://localhost:9001/${world.tenants.home.tenantId}/oauth2/authorize resource_id=https://storage.azure.com`,
    );
    const xml = await failure(response);
    expect(xml).toContain("<Code>InvalidAuthenticationInfo</Code>");
    expect(xml).toContain("Issuer validation failed. Issuer did not match.");
  });

  it("refuses a token for Resource Manager", async () => {
    const authorization = await world.tenants.bearer(world.reader, "resource-manager");
    const response = await world.send("GET", "/invoices/a", { authorization });
    expect(response.status).toBe(401);
    expect(await failure(response)).toContain(
      "Audience validation failed. Audience did not match.",
    );
  });

  it("refuses a token for another account, which one for this account is not", async () => {
    const [own, other] = await Promise.all([
      tokenFor(`https://${world.account.name}.blob.localhost:9004`),
      tokenFor("https://another.blob.localhost:9004"),
    ]);
    const refused = await world.send("GET", "/invoices/a", { authorization: other });
    expect([refused.status, await failure(refused)]).toEqual([
      401,
      expect.stringContaining("Audience validation failed. Audience did not match."),
    ]);
    expect((await world.send("GET", "/invoices/a", { authorization: own })).status).toBe(404);
  });

  it("refuses a principal without a role", async () => {
    const nobody = world.tenants.principal(world.tenants.home);
    const response = await world.send("GET", "/invoices/a", { principal: nobody });
    expect(response.status).toBe(403);
    expect(response.headers.get("x-ms-error-code")).toBe("AuthorizationPermissionMismatch");
    expect(await failure(response)).toContain(mismatch);
  });

  it("refuses a role at another container", async () => {
    world.newContainer(world.account, "payslips");
    const response = await world.send("GET", "/payslips/a");
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining(mismatch),
    ]);
  });

  it("refuses a role for the account's management, which has no data actions", async () => {
    const manager = world.tenants.principal(world.tenants.home);
    world.tenants.grant(manager, "Storage Account Contributor", world.account.id);
    const response = await world.send("GET", "/invoices/a", { principal: manager });
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining(mismatch),
    ]);
  });

  it("refuses to write with a reader's role", async () => {
    const principal = world.tenants.principal(world.tenants.home);
    world.tenants.grant(principal, "Storage Blob Data Reader", world.containerId);
    expect((await world.send("PUT", "/invoices/a", { principal, body: "x" })).status).toBe(403);
    expect((await world.send("GET", "/invoices/a", { principal })).status).toBe(404);
  });

  it("refuses to list containers with a role at one container", async () => {
    const response = await world.send("GET", "?comp=list");
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining("AuthorizationPermissionMismatch"),
    ]);
  });

  it("lists, creates and deletes containers with a role at the account", async () => {
    const principal = world.tenants.principal(world.tenants.home);
    world.tenants.grant(principal, "Storage Blob Data Owner", world.account.id);
    expect((await world.send("PUT", "/reports?restype=container", { principal })).status).toBe(201);
    const listed = await (await world.send("GET", "?comp=list", { principal })).text();
    expect(listed.match(/<Name>[^<]+/g)).toEqual(["<Name>invoices", "<Name>reports"]);
    expect((await world.send("DELETE", "/reports?restype=container", { principal })).status).toBe(
      202,
    );
    const id = `${world.account.id}/blobServices/default/containers/reports`;
    expect(world.tenants.azure.state.resources.has(id.toLowerCase())).toBe(false);
  });
});

describe("Blob storage without a token", () => {
  it("refuses an anonymous request with a challenge", async () => {
    const response = await world.send("GET", "/invoices/a", { authorization: "" });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain(world.tenants.home.tenantId);
    expect(await failure(response)).toContain("<Code>NoAuthenticationInformation</Code>");
  });

  it("refuses a shared key where the account allows none", async () => {
    const authorization = `SharedKey ${world.account.name}:c2lnbmF0dXJl`;
    const response = await world.send("GET", "/invoices/a", { authorization });
    expect(response.status).toBe(403);
    const xml = await failure(response);
    expect(xml).toContain("<Code>KeyBasedAuthenticationNotPermitted</Code>");
    expect(xml).toContain("Key based authentication is not permitted on this storage account.");
  });

  it("refuses a shared access signature where the account allows no key", async () => {
    const response = await world.send("GET", "/invoices/a?sv=2020-10-02&sig=c2ln", {
      authorization: "",
    });
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining("KeyBasedAuthenticationNotPermitted"),
    ]);
  });

  it("refuses a service version that is no date", async () => {
    const response = await world.send("GET", "/invoices/a", { version: "latest" });
    expect([response.status, await failure(response)]).toEqual([
      400,
      expect.stringContaining(
        "The value for one of the HTTP headers is not in the correct format.",
      ),
    ]);
  });

  it("refuses a token without a service version that knows tokens", async () => {
    const response = await world.send("GET", "/invoices/a", { version: "2015-12-11" });
    expect([response.status, await failure(response)]).toEqual([
      403,
      expect.stringContaining("Authentication scheme Bearer is not supported in this version."),
    ]);
  });
});

/** An Authorization header with a token of who may write, for an audience. */
async function tokenFor(audience: string): Promise<string> {
  const target = { name: "storage", audience } as const;
  return `Bearer ${(await issueApplicationToken(world.tenants.azure, world.reader, target)).token}`;
}
