import type { BlobSASSignatureValues } from "@azure/storage-blob";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAppService } from "../app-service/app-service.ts";
import { createManagement } from "../resource-manager/management-client.ts";
import type { ServicePrincipal } from "../state.ts";
import { at, blob, container, HOUR, keyOf, signWith } from "./delegated-signer.ts";
import { failure, StorageWorld } from "./storage-world.ts";

// Document: "Create a user delegation SAS" of the Blob service REST reference. What this cannot prove: that Azure refuses in
// the words that no observation shows.

const mismatch = "This request is not authorized to perform this operation using this permission.";
const failed =
  "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.";

let world: StorageWorld;
let writer: ServicePrincipal;
beforeAll(async () => {
  world = await StorageWorld.start();
});
afterAll(() => world.close());
beforeEach(() => {
  world = world.renew();
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
    await refuses(put, "AuthorizationPermissionMismatch", mismatch);
  });

  it("refuses more than the role of the key's owner", async () => {
    writer = world.principalWith("Storage Blob Data Reader");
    const path = `/invoices/a%20b.txt?${await sign(blob("rw"))}`;
    const put = await world.send("PUT", path, { authorization: "", body: "x" });
    await refuses(put, "AuthorizationPermissionMismatch", mismatch);
    expect((await get(path)).status).toBe(404);
  });

  it("refuses everything once Resource Manager has revoked the account's keys, until there is a new one", async () => {
    await world.put("hello");
    const path = `/invoices/a%20b.txt?${await sign(blob("r"))}`;
    const { id, subscriptionId } = world.account;
    const owner = world.principalWith("Owner", `/subscriptions/${subscriptionId}`);
    const manage = createManagement(world.tenants, createAppService(world.tenants.azure))(owner);
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
    await refuses(await get(path), "AuthorizationPermissionMismatch", mismatch);
  });

  it("refuses a signature for a container at the container itself", async () => {
    const query = await sign(container("racwdl"));
    const answer = await world.send("DELETE", `/invoices?restype=container&${query}`, {
      authorization: "",
    });
    await refuses(answer, "AuthorizationPermissionMismatch", mismatch);
  });

  it.each([
    ["another blob", "/invoices/other.txt", {}],
    ["another container", "/payslips/a%20b.txt", {}],
    ["the container of its blob", "/invoices", { restype: "container", comp: "list" }],
    ["more permissions than were signed", "/invoices/a%20b.txt", { sp: "rwd" }],
    ["a later expiry than was signed", "/invoices/a%20b.txt", { se: "2099-01-01T00:00:00Z" }],
    ["another owner of the key", "/invoices/a%20b.txt", { skoid: crypto.randomUUID() }],
    ["another tenant", "/invoices/a%20b.txt", { sktid: crypto.randomUUID() }],
    ["a header that was not signed", "/invoices/a%20b.txt", { rscd: "attachment" }],
    ["a signature that is none", "/invoices/a%20b.txt", { sig: "c2ln" }],
  ])("refuses %s", async (_, path, changes) => {
    world.newContainer(world.account, "payslips");
    const query = new URLSearchParams(await sign(blob("r")));
    for (const [name, value] of Object.entries<string>(changes)) query.set(name, value);
    await refuses(
      await get(`${path}?${query}`),
      "AuthenticationFailed",
      "Signature did not match.",
    );
  });

  it("refuses a key of another account", async () => {
    const query = await sign(blob("r"));
    const other = world.renew();
    const answer = await other.send("GET", `/invoices/a%20b.txt?${query}`, { authorization: "" });
    await refuses(answer, "AuthenticationFailed", "Signature did not match.");
  });

  it.each([
    [
      "a signature that has expired",
      { expiresOn: at(-60_000) },
      /^Signed expiry time \[.+ GMT\] must be after signed start time \[.+ GMT\]$/,
    ],
    [
      "a signature that has expired since its start",
      { startsOn: at(-HOUR), expiresOn: at(-60_000) },
      /^Signature not valid in the specified time frame: Start \[.+ GMT\] - Expiry \[.+ GMT\] - Current \[.+ GMT\]$/,
    ],
    [
      "a signature that is not valid yet",
      { startsOn: at(60_000), expiresOn: at(HOUR) },
      /^Signature not valid in the specified time frame: Start /,
    ],
  ])("refuses %s", async (_, times, detail) => {
    await refuses(
      await get(`/invoices/a%20b.txt?${await sign({ ...blob("r"), ...times })}`),
      "AuthenticationFailed",
      detail,
    );
  });

  it("refuses a signature that outlives its key", async () => {
    const key = await world.client(writer).getUserDelegationKey(at(-HOUR), at(60_000));
    const query = signWith(world, key, blob("r"));
    world.clock.ahead = 120_000;
    const answer = await get(`/invoices/a%20b.txt?${query}`);
    await refuses(
      answer,
      "AuthenticationFailed",
      /^Signature not valid in the specified key time frame: Key start /,
    );
  });

  it("refuses an address outside sip, and admits one inside", async () => {
    await world.put("hello");
    expect((await getFrom("127.0.0.1", "127.0.0.9")).status).toBe(200);
    const outside = await getFrom("10.0.0.1", "10.0.0.9");
    expect([outside.status, await failure(outside)]).toEqual([
      403,
      expect.stringContaining(
        "This request is not authorized to perform this operation using this source IP 127.0.0.1.",
      ),
    ]);
  });

  it("refuses addresses whose last is below the first as not well formed", async () => {
    const answer = await getFrom("127.0.0.9", "127.0.0.1");
    await refuses(answer, "AuthenticationFailed", "Signature fields not well formed.");
  });

  it.each([
    ["a permission left out", "sp", ""],
    ["a version before user delegation", "sv", "2017-11-09"],
    ["plain HTTP alone", "spr", "http"],
    ["an unknown resource", "sr", "x"],
  ])("refuses %s as not well formed", async (_, name, value) => {
    const query = new URLSearchParams(await sign(blob("r")));
    query.set(name, value);
    await refuses(
      await get(`/invoices/a?${query}`),
      "AuthenticationFailed",
      "Signature fields not well formed.",
    );
  });

  it.each([
    ["a correlation id", { correlationId: crypto.randomUUID() }, "scid"],
    ["an encryption scope", { encryptionScope: "s" }, "ses"],
    ["a snapshot", { snapshotTime: "2026-01-01T00:00:00.0000000Z" }, "sr=bs"],
  ])("refuses a signature with %s as not emulated", async (_, values, name) => {
    const answer = await get(`/invoices/a%20b.txt?${await sign({ ...blob("r"), ...values })}`);
    expect([answer.status, await failure(answer)]).toEqual([
      501,
      expect.stringContaining(`signatures with ${name} are not emulated`),
    ]);
  });

  it.each([
    [false, 403, "Key based authentication is not permitted on this storage account."],
    [true, 501, "shared keys and signatures made with them are not emulated"],
  ])(
    "refuses a signature made with the account key where shared key access is %s",
    async (allowed, status, text) => {
      world.account.properties["allowSharedKeyAccess"] = allowed;
      const answer = await get("/invoices/a?sv=2020-10-02&sr=b&sp=r&se=2099-01-01&sig=c2ln");
      expect([answer.status, await failure(answer)]).toEqual([
        status,
        expect.stringContaining(text),
      ]);
    },
  );
});

async function sign(values: BlobSASSignatureValues): Promise<string> {
  return signWith(world, await keyOf(world, writer), values);
}

function get(path: string): Promise<Response> {
  return world.send("GET", path, { authorization: "" });
}

async function getFrom(start: string, end: string): Promise<Response> {
  return get(`/invoices/a%20b.txt?${await sign({ ...blob("r"), ipRange: { start, end } })}`);
}

function list(query: string): Promise<Response> {
  return get(`/invoices?restype=container&comp=list&${query}`);
}

async function refuses(response: Response, code: string, text: string | RegExp): Promise<void> {
  const xml = await failure(response);
  expect([response.status, xml]).toEqual([403, expect.stringContaining(`<Code>${code}</Code>`)]);
  if (code === "AuthenticationFailed") expect(xml).toContain(failed);
  const detail = /<AuthenticationErrorDetail>(.*)<\/AuthenticationErrorDetail>/s.exec(xml)?.[1];
  if (typeof text === "string") expect(detail ?? xml).toContain(text);
  else expect(detail).toMatch(text);
}
