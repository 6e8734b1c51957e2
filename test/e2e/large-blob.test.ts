import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unpackSite, startSite } from "../app/site-process.ts";
import { startStubAzure, type StubAzure } from "../app/stub-azure.ts";

// The deployed bundle in a process of its own; the stub stands for Azure because storage's rules do
// not matter here and a real one would share the machine's memory with the measurement.
const megabyte = 1_000_000;
let folder: string;
let azure: StubAzure;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "site-"));
  azure = await startStubAzure();
  await unpackSite(folder, azure.ca);
});
afterAll(async () => {
  azure.close();
  await rm(folder, { recursive: true });
});

test("needs at most 64 MB more memory for a blob of 200 MB than for one of 20 MB", async () => {
  const small = await smallestPeak(20 * megabyte);
  const large = await smallestPeak(200 * megabyte);
  expect(large - small).toBeLessThan(64 * megabyte);
});

/**
 * Bytes a site needs for a blob of this size: the smallest peak of three. V8 lets tens of megabytes of buffers become
 * garbage before it collects them; what a site really holds, it holds in each of them.
 */
async function smallestPeak(size: number): Promise<number> {
  const peaks = [];
  for (let run = 0; run < 3; run += 1) peaks.push(await peakMemory(size));
  return Math.min(...peaks);
}

/** Bytes at the peak of a fresh site that takes a blob of this size and gives it back. */
async function peakMemory(size: number): Promise<number> {
  // Sampled, for on Linux maxRSS begins with what the process that started this one had (getrusage(2)).
  const report = `let peak = 0;
    setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 1).unref();
    process.on("exit", () => console.error("peak", peak))`;
  const site = startSite(folder, azure, {
    MAX_BLOB_BYTES: String(size),
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(report)}`,
  });
  const blob = `${await site.origin}/api/targets/invoices/blobs/large`;
  const body = Buffer.alloc(size, "0123456789");
  expect((await fetch(blob, { method: "PUT", body })).status).toBe(201);
  expect(await digest((await fetch(blob)).body)).toBe(await digest([body]));
  site.process.kill("SIGTERM");
  await once(site.process, "close");
  const bytes = /^peak (\d+)$/m.exec(site.output())?.[1];
  if (bytes === undefined) throw new Error(`no peak in: ${site.output()}`);
  return Number(bytes);
}

async function digest(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array> | null,
): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of body ?? []) hash.update(chunk);
  return hash.digest("hex");
}
