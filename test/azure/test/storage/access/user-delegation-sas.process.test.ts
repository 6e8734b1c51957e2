import type { BlobSASSignatureValues } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import { createAppService } from "../../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import { createManagement } from "../../resource-manager/management-client.ts";
import { failure, type StorageWorld } from "../storage-world.ts";
import { useStorageWorld } from "../use-storage-world.ts";
import { blob, container, keyOf, signWith } from "./delegated-signer.ts";
import { expectRefusedSignature } from "./expect-refused-signature.ts";

// Document: "Create a user delegation SAS" of the Blob service REST reference. What this cannot prove: that Azure refuses in
// the words that no observation shows.

const mismatch = "This request is not authorized to perform this operation using this permission.";

let world: StorageWorld;
let writer: ServicePrincipal;
useStorageWorld((renewed) => (world = renewed));
beforeEach(() => {
  writer = world.principalWith("Storage Blob Data Contributor");
});

describe("Create a user delegation SAS", () => {
  it.each(["2018-11-09", "2020-02-10", "2020-12-06", "2025-07-05", "2026-04-06"])(
    "reads and writes a blob with nothing but a signature of version %s",
    async (version) => {
      const query = await sign({ version, ...blob("rw") });
      const path = `/invoices/a%20b.txt?${query}`;
      const put = await world.send("PUT", path, { authorization: "", body: "hello" });
      expect(put.status).toBe(201);
      const read = await world.send("GET", path, { authorization: "" });
      expect([read.status, await read.text()]).toEqual([200, "hello"]);
    },
  );

  it("lists a container", async () => {
    await world.put("hello");
    const query = await sign(container("rl"));
    const signed = await list(query);
    expect([signed.status, await signed.text()]).toEqual([
      200,
      expect.stringContaining("<Name>a b.txt</Name>"),
    ]);
  });

  it("answers with the headers that the signature names", async () => {
    await world.put("hello");
    const query = await sign({ ...blob("r"), contentDisposition: "attachment; filename=b.txt" });
    const read = await get(`/invoices/a%20b.txt?${query}`);
    expect(read.headers.get("content-disposition")).toBe("attachment; filename=b.txt");
  });

  it("writes a new blob with c, and refuses to replace it", async () => {
    const path = `/invoices/a%20b.txt?${await sign(blob("c"))}`;
    const put = () => world.send("PUT", path, { authorization: "", body: "x" });
    expect((await put()).status).toBe(201);
    const second = await put();
    expect([second.status, await failure(second)]).toEqual([
      403,
      expect.stringContaining("AuthorizationPermissionMismatch"),
    ]);
  });

  it("refuses what sp does not name", async () => {
    const path = `/invoices/a%20b.txt?${await sign(blob("r"))}`;
    const put = await world.send("PUT", path, { authorization: "", body: "x" });
    await expectRefusedSignature(put, "AuthorizationPermissionMismatch", mismatch);
  });

  it("refuses more than the role of the key's owner", async () => {
    writer = world.principalWith("Storage Blob Data Reader");
    const path = `/invoices/a%20b.txt?${await sign(blob("rw"))}`;
    const put = await world.send("PUT", path, { authorization: "", body: "x" });
    await expectRefusedSignature(put, "AuthorizationPermissionMismatch", mismatch);
    expect((await get(path)).status).toBe(404);
  });

  it("refuses everything once Resource Manager has revoked the account's keys, until there is a new one", async () => {
    await world.put("hello");
    const path = `/invoices/a%20b.txt?${await sign(blob("r"))}`;
    const { id, subscriptionId } = world.account;
    const owner = world.principalWith("Owner", `/subscriptions/${subscriptionId}`);
    const manage = createManagement(
      world.tenants,
      createAppService(world.tenants.azure, issueManagedIdentityToken),
    )(owner);
    await manage("PUT", id.split("/providers/")[0] ?? "", { location: "westeurope" });
    expect((await manage("POST", `${id}/revokeUserDelegationKeys`)).status).toBe(200);
    const revoked = await get(path);
    expect([revoked.status, await failure(revoked)]).toEqual([
      403,
      expect.stringMatching(/AuthenticationFailed[^]*Signature did not match\./),
    ]);
    expect((await get(`/invoices/a%20b.txt?${await sign(blob("r"))}`)).status).toBe(200);
  });

  it("refuses everything once the key's owner has lost the role", async () => {
    await world.put("hello");
    const path = `/invoices/a%20b.txt?${await sign(blob("r"))}`;
    expect((await get(path)).status).toBe(200);
    world.tenants.azure.state.roleAssignments.clear();
    await expectRefusedSignature(await get(path), "AuthorizationPermissionMismatch", mismatch);
  });

  it("refuses a signature for a container at the container itself", async () => {
    const query = await sign(container("racwdl"));
    for (const method of ["GET", "PUT", "DELETE"]) {
      const path = `/invoices?restype=container&${query}`;
      await expectRefusedSignature(
        await world.send(method, path, { authorization: "" }),
        "AuthorizationFailure",
        "This request is not authorized to perform this operation.",
      );
    }
  });

  it.each([
    ["a container at its account", container("racwdl"), "/?comp=list"],
    ["a blob at its container", blob("r"), "/invoices?restype=container&comp=list"],
  ])("refuses a signature for %s", async (_, values, path) => {
    await expectRefusedSignature(
      await get(`${path}&${await sign(values)}`),
      "AuthenticationFailed",
      /^The specified signed resource is not allowed for the this resource level$/,
    );
  });
});

async function sign(values: BlobSASSignatureValues): Promise<string> {
  return signWith(world, await keyOf(world, writer), values);
}

function get(path: string): Promise<Response> {
  return world.send("GET", path, { authorization: "" });
}

function list(query: string): Promise<Response> {
  return get(`/invoices?restype=container&comp=list&${query}`);
}
