import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../../app/app-error.ts";
import { azureBlobStore } from "../../../app/storage/azure-blob-store.ts";
import { ContainerClients } from "../../../app/storage/container-clients.ts";
import { RolePropagation } from "../../../app/storage/role-propagation.ts";
import { ManualClock, settled } from "../../../app/token/test/manual-clock.ts";
import { hello, openStore, refusal, StubStorage } from "./stub-storage.ts";
import { lastingTokens } from "./stub-tokens.ts";

const { signal } = new AbortController();
const minutes = 60_000;

function refused(azureCode: string): AppError {
  return new AppError(502, "ERR_STORAGE_REFUSED", `403 ${azureCode}`, { azureCode });
}

describe("a role assignment that is not yet effective", () => {
  let clock: ManualClock;
  let role: RolePropagation;
  let answer: () => Promise<string>;
  let reads: number;
  const read = (): Promise<string> => {
    reads += 1;
    return answer();
  };
  const mismatch = refused("AuthorizationPermissionMismatch");

  beforeEach(() => {
    clock = new ManualClock();
    role = new RolePropagation(clock);
    reads = 0;
    answer = () => Promise.reject(mismatch);
  });

  test("lets a read succeed once the role is effective", async () => {
    const result = role.repeat(read, signal);
    await settled();
    await clock.advance(500);
    answer = () => Promise.resolve("hello");
    await clock.advance(999);
    expect(reads).toBe(2);
    await clock.advance(1);
    expect(await result).toBe("hello");
    expect(reads).toBe(3);
  });

  test("refuses a read after two repetitions", async () => {
    const error = role.repeat(read, signal).catch((reason: unknown) => reason);
    await settled();
    await clock.advance(1_500);
    expect(await error).toBe(mismatch);
    expect([reads, clock.timers]).toEqual([3, 0]);
  });

  test("refuses at once what is not a read", async () => {
    await expect(role.once(read)).rejects.toBe(mismatch);
    expect([reads, clock.timers]).toEqual([1, 0]);
  });

  test("refuses at once for another reason", async () => {
    const firewall = refused("AuthorizationFailure");
    answer = () => Promise.reject(firewall);
    await expect(role.repeat(read, signal)).rejects.toBe(firewall);
    expect(reads).toBe(1);
  });

  test.each([
    ["a success", () => Promise.resolve("hello")],
    [
      "the answer that there is no such blob",
      () => Promise.reject(new AppError(404, "ERR_UNKNOWN_BLOB", "no such blob")),
    ],
  ])("refuses at once after %s", async (_, first) => {
    answer = first;
    await role.once(read).catch(() => undefined);
    answer = () => Promise.reject(mismatch);
    await expect(role.repeat(read, signal)).rejects.toBe(mismatch);
    expect(reads).toBe(2);
  });

  test("refuses at once after the first 10 minutes", async () => {
    await clock.advance(10 * minutes);
    await expect(role.repeat(read, signal)).rejects.toBe(mismatch);
    expect([reads, clock.timers]).toEqual([1, 0]);
  });

  test("still repeats a read just before the 10 minutes are over", async () => {
    await clock.advance(10 * minutes - 1);
    void role.repeat(read, signal).catch(() => undefined);
    await settled();
    expect(clock.timers).toBe(1);
    await clock.advance(500);
    expect([reads, clock.timers]).toEqual([2, 0]);
  });

  test("refuses at once when the caller leaves while it waits", async () => {
    const controller = new AbortController();
    const result = role.repeat(read, controller.signal).catch((reason: unknown) => reason);
    await settled();
    const left = new AppError(504, "ERR_UPSTREAM_DEADLINE", "storage: nothing moved for 30 s");
    controller.abort(left);
    expect(await result).toBe(left);
    expect([reads, clock.timers]).toEqual([1, 0]);
  });
});

describe("a target whose role is not yet effective", () => {
  let storage: StubStorage;
  beforeEach(async () => {
    storage = new StubStorage();
    await storage.listen();
  });
  afterEach(() => storage.close());

  // Its pauses are over as soon as they begin.
  class ImpatientClock extends ManualClock {
    readonly pauses: number[] = [];
    override after(delayMs: number, action: () => void): () => void {
      this.pauses.push(delayMs);
      action();
      return () => undefined;
    }
  }

  test("is read with a token asked for anew each time, and after each refusal", async () => {
    const tokens = lastingTokens();
    const clock = new ImpatientClock();
    const mismatch = refusal(403, "AuthorizationPermissionMismatch");
    storage.answers = [mismatch, mismatch, hello];
    const content = await openStore(storage.target(), tokens, clock).read("a", signal);
    content.body.destroy();
    expect([storage.requests.length, tokens.calls.length]).toEqual([3, 5]);
    expect(clock.pauses).toEqual([500, 1_000]);
  });

  test("refuses a list when the role stays away", async () => {
    const clock = new ImpatientClock();
    storage.answers = [refusal(403, "AuthorizationPermissionMismatch")];
    const store = openStore(storage.target(), lastingTokens(), clock);
    await expect(store.list(1, undefined, signal)).rejects.toMatchObject({
      code: "ERR_STORAGE_REFUSED",
      message: expect.stringContaining("refused with 403 AuthorizationPermissionMismatch"),
    });
    expect(clock.pauses).toEqual([500, 1_000]);
  });

  test.each([
    ["an upload", "write" as const],
    ["a removal", "remove" as const],
  ])("refuses %s at once", async (_, operation) => {
    const clock = new ImpatientClock();
    storage.answers = [refusal(403, "AuthorizationPermissionMismatch")];
    const store = openStore(storage.target(), lastingTokens(), clock);
    const work =
      operation === "remove"
        ? store.remove("a", {}, signal)
        : store.write("a", Readable.from([Buffer.from("x")]), "text/plain", {}, signal);
    await expect(work).rejects.toMatchObject({
      code: "ERR_STORAGE_REFUSED",
      message: expect.stringContaining("refused with 403 AuthorizationPermissionMismatch"),
    });
    expect([storage.requests.length, clock.pauses]).toEqual([1, []]);
  });

  test("is repeated although another target of its account has answered", async () => {
    const clock = new ImpatientClock();
    const containers = new ContainerClients(() => lastingTokens());
    const [invoices, photos] = ["invoices", "photos"].map((name) => {
      const target = storage.target(name);
      return azureBlobStore(target, containers.open(target), clock);
    });
    storage.answers = [hello, refusal(403, "AuthorizationPermissionMismatch"), hello];
    for (const store of [invoices, photos]) (await store?.read("a", signal))?.body.destroy();
    expect(clock.pauses).toEqual([500]);
  });
});
