import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FuzzTarget, startFuzzTarget } from "./fuzz-target.ts";
import { follow, steps } from "./models/collection.ts";
import { collections } from "./models/collections.ts";
import { grantedRole } from "./models/granted-role.ts";
import { compParts, optionalHeaders } from "./services/storage-parts.ts";

// Sequences of valid requests against the smallest model there is, which random mutations seldom get to.

const seed = 20_260_115;

let target: FuzzTarget;
beforeAll(async () => {
  target = await startFuzzTarget();
});
afterAll(async () => {
  expect(await target.close()).toBe(0);
});

describe("What a service keeps", () => {
  it.each(Object.entries(collections))("is what was written: %s", async (_, open) => {
    const collection = await open(target);
    const property = fc.asyncProperty(steps(collection), (taken) => follow(collection, taken));
    await fc.assert(property, { seed, numRuns: 6 });
  });
});

describe("A role at a container", () => {
  it("lets a reader in exactly while it is granted", async () => {
    const role = await grantedRole(target);
    const changes = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });
    const property = fc.asyncProperty(changes, async (wanted) => {
      for (const isGranted of wanted) {
        await (isGranted ? role.grant() : role.revoke());
        expect(await role.send("GET", "", {})).toBe(isGranted ? 200 : 403);
      }
    });
    await fc.assert(property, { seed, numRuns: 6 });
  });

  it("lets a reader change nothing, whatever the reader sends", async () => {
    const role = await grantedRole(target);
    await role.grant();
    const methods = fc.constantFrom("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "MERGE");
    const comps = fc.constantFrom("", ...Object.keys(compParts).map((comp) => `?comp=${comp}`));
    const known = { ...optionalHeaders, ...overrides };
    const header = fc
      .constantFrom(...Object.keys(known))
      .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...(known[name] ?? [""]))));
    const headers = fc
      .array(header, { maxLength: 3 })
      .map((entries) => Object.fromEntries(entries));
    const property = fc.asyncProperty(methods, comps, headers, async (method, comp, sent) => {
      await role.restore();
      const status = await role.send(method, comp, sent);
      expect([status === 500, await role.content()]).toEqual([false, "kept"]);
    });
    await fc.assert(property, { seed, numRuns: 150 });
  });
});

/** By which some servers take a request for another. */
const overrides: Readonly<Record<string, readonly string[]>> = {
  "x-http-method": ["DELETE", "PUT", "MERGE"],
  "x-http-method-override": ["DELETE"],
  "x-method-override": ["DELETE"],
};
