import { describe, expect, it } from "vitest";
import { dataLakeRoutes } from "../../src/storage/routes.ts";
import type { StorageWorld } from "./storage-world.ts";
import { useStorageWorld } from "./use-storage-world.ts";

// Documents: Data Lake Storage REST reference, "Path - Get Properties"; Apache Arrow, azurefs.cc and its tests against Azure.
// What this cannot prove: that a role is looked at before the account is.

let world: StorageWorld;
useStorageWorld((renewed) => (world = renewed));

describe("Data Lake Storage of an account without a hierarchical namespace", () => {
  const asked = "?action=getAccessControl";

  it.each([
    ["a container, at the path", "/invoices/", false],
    ["a container, at the account's own host", "/invoices/", true],
    ["a blob", "/invoices/some/blob", true],
  ])("refuses the access control list of %s", async (_, path, ownHost) => {
    const response = await world.send("HEAD", path + asked, ownHost ? { origin: origin() } : {});
    expect([response.status, response.headers.get("x-ms-error-code")]).toEqual([
      400,
      "HierarchicalNamespaceNotEnabled",
    ]);
  });

  it("refuses it of a missing container in the same way", async () => {
    const principal = world.principalWith("Storage Blob Data Reader");
    const response = await world.send("HEAD", `/missing/${asked}`, { principal });
    expect([response.status, response.headers.get("x-ms-error-code")]).toEqual([
      400,
      "HierarchicalNamespaceNotEnabled",
    ]);
  });

  it("refuses a principal without a role", async () => {
    const principal = world.tenants.principal(world.tenants.home);
    const response = await world.send("HEAD", `/invoices/${asked}`, { principal });
    expect([response.status, response.headers.get("x-ms-error-code")]).toEqual([
      403,
      "AuthorizationPermissionMismatch",
    ]);
  });

  it.each(dataLakeRoutes.filter(({ supported }) => supported === "no"))(
    "refuses $method $path as not emulated, in JSON",
    async ({ method, path }) => {
      const asked = path.replace("/{account}/{container}", "/invoices").replace("{path}", "a");
      await expectNotEmulated(await world.send(method, asked));
    },
  );

  it("refuses at its own host what is an operation of Blob storage elsewhere", async () => {
    await expectNotEmulated(await world.send("GET", "/invoices/a", { origin: origin() }));
  });

  it("leaves Blob storage's own host alone, whatever a request names its parameters", async () => {
    const asked = "/invoices?restype=container&comp=list&resource=filesystem";
    const host = origin().replace(".dfs.", ".blob.");
    const response = await world.send("GET", asked, { origin: host });
    expect([response.status, response.headers.get("content-type")]).toEqual([
      501,
      "application/xml",
    ]);
  });

  it("refuses a copy from its address as a source that is not there", async () => {
    await world.put("x");
    const headers = { "x-ms-copy-source": `${origin()}/invoices/a%20b.txt` };
    const response = await world.send("PUT", "/invoices/copy", { headers, blobType: false });
    expect([response.status, await response.text()]).toEqual([
      404,
      expect.stringContaining("The specified resource does not exist."),
    ]);
  });
});

function origin(): string {
  return `https://${world.account.name}.dfs.localhost:9004`;
}

async function expectNotEmulated(response: Response): Promise<void> {
  expect(response.headers.get("server")).toBe("Windows-Azure-HDFS/1.0 Microsoft-HTTPAPI/2.0");
  expect([response.status, response.headers.get("content-type"), await response.json()]).toEqual([
    501,
    "application/json;charset=utf-8",
    {
      error: {
        code: "NotImplemented",
        message: expect.stringContaining("of Data Lake Storage is not emulated; use Blob storage"),
      },
    },
  ]);
}
