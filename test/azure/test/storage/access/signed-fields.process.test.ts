import type { BlobSASSignatureValues } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import { failure, type StorageWorld } from "../storage-world.ts";
import { useStorageWorld } from "../use-storage-world.ts";
import { at, blob, HOUR, keyOf, signWith } from "./delegated-signer.ts";
import { expectRefusedSignature } from "./expect-refused-signature.ts";

// Document: "Create a user delegation SAS" of the Blob service REST reference. What this cannot prove: that Azure refuses in
// the words that no observation shows.

let world: StorageWorld;
let writer: ServicePrincipal;
useStorageWorld((renewed) => (world = renewed));
beforeEach(() => {
  writer = world.principalWith("Storage Blob Data Contributor");
});

describe("Create a user delegation SAS, what is signed", () => {
  it.each([
    ["another blob", "/invoices/other.txt", {}],
    ["another container", "/payslips/a%20b.txt", {}],
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
    await expectRefusedSignature(
      await get(`${path}?${query}`),
      "AuthenticationFailed",
      "Signature did not match.",
    );
  });

  it("refuses a key of another account", async () => {
    const query = await sign(blob("r"));
    const other = world.renew();
    const answer = await other.send("GET", `/invoices/a%20b.txt?${query}`, { authorization: "" });
    await expectRefusedSignature(answer, "AuthenticationFailed", "Signature did not match.");
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
      { startsOn: at(HOUR / 2), expiresOn: at(HOUR) },
      /^Signature not valid in the specified time frame: Start /,
    ],
  ])("refuses %s", async (_, times, detail) => {
    await expectRefusedSignature(
      await get(`/invoices/a%20b.txt?${await sign({ ...blob("r"), ...times })}`),
      "AuthenticationFailed",
      detail,
    );
  });

  it("refuses a signature that outlives its key", async () => {
    const key = await world.client(writer).getUserDelegationKey(at(-HOUR), at(HOUR / 4));
    const query = signWith(world, key, blob("r"));
    world.clock.ahead = HOUR / 3;
    const answer = await get(`/invoices/a%20b.txt?${query}`);
    await expectRefusedSignature(
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
    await expectRefusedSignature(
      answer,
      "AuthenticationFailed",
      "Signature fields not well formed.",
    );
  });

  it.each([
    ["a permission left out", "sp", ""],
    ["a version before user delegation", "sv", "2017-11-09"],
    ["plain HTTP alone", "spr", "http"],
    ["an unknown resource", "sr", "x"],
  ])("refuses %s as not well formed", async (_, name, value) => {
    const query = new URLSearchParams(await sign(blob("r")));
    query.set(name, value);
    await expectRefusedSignature(
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
