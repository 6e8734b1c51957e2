import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Endpoints } from "../../src/world/endpoints.ts";
import { fuzzedNames, fuzzService } from "./fuzz-services.ts";
import { type FuzzTarget, startFuzzTarget } from "./fuzz-target.ts";
import { rawRequests } from "./raw/raw-requests.ts";
import { sendRaw, statusesOf } from "./raw/send-raw.ts";
import { requireSane } from "./require-sane.ts";
import { runFuzz } from "./run-fuzz.ts";

// A short run of what `node test/azure/test/fuzz/main.ts` does for as long as it is told to. A local Azure in a process of its own.

const REQUESTS = 100;
const SEED = 20_260_115;

let target: FuzzTarget;
beforeAll(async () => {
  target = await startFuzzTarget();
});
afterAll(async () => {
  expect(await target.close()).toBe(0);
});

describe("A service that gets what no client sends", () => {
  it.each(fuzzedNames)("refuses it in the form of %s, and never fails", async (name) => {
    const service = await fuzzService(name, target);
    const { failures } = await runFuzz(service, target, { requests: REQUESTS, seed: SEED });
    expect(failures).toEqual([]);
    await requireSane(target);
  });

  it("logs no failure of its own but what Entra and packages were refused for", () => {
    const own = target.failures.filter((line) => !/AADSTS|"site-change-failed"/.test(line));
    expect(own).toEqual([]);
  });
});

describe("A listener that gets what is no HTTP", () => {
  const names = ["login", "storage"] as const;

  it.each(names)("refuses it at %s, and goes on answering others", async (name) => {
    const at = { port: portOf(name), ca: target.ca };
    const bent = fc.sample(bentRequests, { numRuns: 40, seed: SEED });
    const requests = [...Object.values(rawRequests), ...bent];
    const others = requests.map(() => statusOf(name));
    const answers = await Promise.all(requests.map((request) => sendRaw(at, request)));
    const failed = answers.flatMap(statusesOf).filter((status) => status === 500 || status > 501);
    expect(failed).toEqual([]);
    expect(new Set(await Promise.all(others))).toEqual(new Set([await statusOf(name)]));
  });

  it("answers requests that come at once one after another", async () => {
    const request = rawRequests["fifty requests at once"] ?? { bytes: "" };
    // The last one has the server end the connection, however long the answers take.
    const received = await sendRaw({ port: portOf("metadata"), ca: target.ca }, request, 120_000);
    expect(statusesOf(received)).toEqual(Array.from({ length: 51 }, () => 501));
  });

  it.each([
    ["HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["half a handshake", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ["noise", "\xff\x00".repeat(5000)],
    ["nothing", ""],
  ])("ends a connection that brings %s in place of TLS, and no other", async (_, bytes) => {
    for (const ends of [{}, { ends: true }] as const)
      expect(statusesOf(await sendRaw({ port: portOf("login") }, { bytes, ...ends }, 200))).toEqual(
        [],
      );
    expect(await statusOf("login")).toBe(501);
  });
});

/** A good request with some of its bytes replaced. */
const bentRequests = fc
  .array(fc.tuple(fc.nat(80), fc.nat(255)), { minLength: 1, maxLength: 4 })
  .map((changes) => {
    const bytes = Buffer.from(
      "POST /x?y=z HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 5\r\n\r\n12345",
    );
    for (const [at, value] of changes) bytes[at] = value;
    return { bytes: bytes.toString("latin1") };
  });

function portOf(name: keyof Endpoints): number {
  return Number(new URL(target.endpoints[name]).port);
}

/** What a client that does nothing wrong gets at the same time. */
async function statusOf(name: keyof Endpoints): Promise<number> {
  const origin = target.endpoints[name];
  const sent = { route: "/", origin, method: "GET", path: "/none/at/all", headers: {} };
  return (await target.send(sent)).status;
}
