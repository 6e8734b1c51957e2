import type { RequestListener } from "node:http";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TargetStore } from "../../../app/target-store.ts";
import { created, hello, openStore, refusal, StubStorage } from "./stub-storage.ts";
import { StubTokens } from "./stub-tokens.ts";

// What the storage client does by itself, which the site relies on.
let storage: StubStorage;
let tokens: StubTokens;
let store: TargetStore;

beforeEach(async () => {
  storage = new StubStorage();
  await storage.listen();
  tokens = new StubTokens();
  store = openStore(storage.target(), tokens);
});
afterEach(() => storage.close());

const reset: RequestListener = (request) => request.socket.destroy();
const busyForAnHour = refusal(503, "ServerBusy", { "retry-after": "3600" });

describe("storage that fails for a moment", () => {
  const { signal } = new AbortController();

  test.each([
    ["500", refusal(500, "InternalError")],
    ["503", refusal(503, "ServerBusy")],
    ["503 with a Retry-After of an hour, which nobody waits for", busyForAnHour],
    ["a reset", reset],
  ])("is asked again after %s", async (_, failure) => {
    storage.answers = [failure, hello];
    (await store.read("a", signal)).body.destroy();
    expect(storage.requests).toHaveLength(2);
    expect(tokens.calls).toHaveLength(1);
  });

  test("gets a block again as it was", async () => {
    storage.answers = [refusal(503, "ServerBusy"), created];
    await store.write("a", Readable.from([Buffer.from("hello")]), "text/plain", {}, signal);
    expect(storage.bodies.slice(0, 2)).toEqual([5, 5]);
  });

  test("is asked three times and refuses then", async () => {
    storage.answers = [busyForAnHour];
    await expect(store.read("a", signal)).rejects.toMatchObject({
      status: 502,
      code: "ERR_STORAGE_REFUSED",
      message: expect.stringContaining("refused with 503 ServerBusy"),
    });
    expect(storage.requests).toHaveLength(3);
  });

  test("is asked three times and refuses then when it cannot be reached", async () => {
    storage.answers = [reset];
    const error: unknown = await store.read("a", signal).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      status: 502,
      code: "ERR_STORAGE_UNREACHABLE",
      message: `storage: no answer from ${storage.target().blobEndpoint} (ECONNRESET)`,
      details: { hop: "storage", network: "ECONNRESET" },
    });
    expect(JSON.stringify(error)).not.toContain("canary");
    expect(storage.requests).toHaveLength(3);
  });

  test.each([
    [400, "InvalidHeaderValue"],
    [409, "LeaseAlreadyPresent"],
    [429, "TooManyRequests"],
  ])("refuses at once after %s %s", async (status, code) => {
    storage.answers = [refusal(status, code)];
    await expect(store.remove("a", {}, signal)).rejects.toMatchObject({
      code: "ERR_STORAGE_REFUSED",
      message: expect.stringContaining(`refused with ${status} ${code}`),
    });
    expect(storage.requests).toHaveLength(1);
  });
});
