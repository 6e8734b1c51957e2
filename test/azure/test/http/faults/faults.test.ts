import { Hono } from "hono";
import { describe, expect, it, vi } from "vitest";
import type { Fault, FaultMatch } from "../../../src/http/faults/fault.ts";
import { Faults } from "../../../src/http/faults/faults.ts";
import { Traffic } from "../../../src/http/traffic.ts";

const fault = (match: Partial<FaultMatch> = {}): Fault => ({
  service: "entra",
  kind: "status",
  status: 503,
  ...match,
});

function inForce(...list: Fault[]): Faults {
  const faults = new Faults();
  faults.set(list);
  return faults;
}

/** For each of `requests` token requests: whether it meets a fault. */
function meetings(faults: Faults, requests: number): boolean[] {
  return Array.from(
    { length: requests },
    () => faults.meet("entra", "POST", "/t/oauth2/v2.0/token") !== undefined,
  );
}

const run = (seed: number) => meetings(inForce(fault({ share: 0.3, seed })), 1000);

describe("faults", () => {
  it.each<[string, Partial<FaultMatch>, boolean]>([
    ["the service alone", {}, true],
    ["another service", { service: "graph" }, false],
    ["its method", { method: "POST" }, true],
    ["another method", { method: "GET" }, false],
    ["its path", { path: /\/token$/g }, true],
    ["another path", { path: /^\/token/ }, false],
  ])("are met by a request that %s names", (_, match, met) => {
    // Twice, because a global expression would remember where its last search ended.
    expect(meetings(inForce(fault(match)), 2)).toEqual([met, met]);
  });

  it("are met in their order, the next one once a count is spent", () => {
    const faults = inForce(fault({ count: 1 }), { service: "entra", kind: "hang" });
    const kinds = [1, 2, 3].map(() => faults.meet("entra", "GET", "/")?.fault.kind);
    expect(kinds).toEqual(["status", "hang", "hang"]);
    expect(faults.inForce.map(({ applied }) => applied)).toEqual([1, 2]);
  });

  it("are met by the share of the requests that chance decides", () => {
    const random = vi.spyOn(Math, "random");
    [0.1, 0.24, 0.25, 0.9].forEach((number) => random.mockReturnValueOnce(number));
    expect(meetings(inForce(fault({ share: 0.25 })), 4)).toEqual([true, true, false, false]);
    random.mockRestore();
  });

  it("are met by the same requests in every run of a seed", () => {
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
    expect(run(7).filter(Boolean).length).toBeGreaterThan(250);
    expect(run(7).filter(Boolean).length).toBeLessThan(350);
  });

  it("end with the ones that replace them", () => {
    const faults = inForce(fault());
    const met = faults.meet("entra", "GET", "/");
    faults.set([{ service: "graph", kind: "reset" }]);
    expect(met?.released.aborted).toBe(true);
    expect(meetings(faults, 1)).toEqual([false]);
    faults.clear();
    expect(faults.inForce).toEqual([]);
  });

  it("are told of a port that cannot be opened again, and open it the next time", async () => {
    const faults = inForce({ service: "graph", kind: "refused" });
    let taken = true;
    let opened = false;
    await faults.guard("graph", {
      refuse: (refused) => {
        if (!refused && taken) return Promise.reject(new Error("address in use"));
        opened = !refused;
        return Promise.resolve();
      },
    });
    faults.clear();
    await expect(faults.settled).rejects.toThrow("address in use");
    taken = false;
    faults.clear();
    await faults.settled;
    expect(opened).toBe(true);
  });

  it("refuses a fault of the connection where there is none", async () => {
    const traffic = new Traffic();
    traffic.faults.set([{ service: "graph", kind: "hang" }]);
    const app = new Hono().use(traffic.middleware("graph"));
    app.onError((error, c) => c.text(error.message, 500));
    expect(await (await app.request("/")).text()).toBe(
      'a fault of kind "hang" takes a server that listens',
    );
  });
});
