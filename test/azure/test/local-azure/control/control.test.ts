import { beforeEach, describe, expect, it } from "vitest";
import { Faults } from "../../../src/http/faults/faults.ts";
import { createControl } from "../../../src/local-azure/control/fault-control.ts";

let faults: Faults;
let control: ReturnType<typeof createControl>;

beforeEach(() => {
  faults = new Faults();
  control = createControl(faults, "the-token");
});

describe("the control address", () => {
  it("sets, shows and takes away faults", async () => {
    const wanted = [
      { service: "entra", kind: "status", status: 429, retryAfterSeconds: 3, share: 0.5, seed: 1 },
      { service: "storage", kind: "hang", method: "PUT", path: "\\.txt$", when: "after", count: 2 },
    ];
    const shown = wanted.map((fault) => ({ ...fault, applied: 0 }));
    const put = await send("PUT", wanted);
    expect([put.status, await put.json()]).toEqual([200, shown]);
    expect(faults.meet("storage", "PUT", "/acct/A.TXT")?.fault).toMatchObject({ path: /\.txt$/i });
    const get = await send("GET");
    expect(await get.json()).toEqual([shown[0], { ...shown[1], applied: 1 }]);
    expect((await send("DELETE")).status).toBe(204);
    expect(faults.inForce).toEqual([]);
  });

  it("takes what it answered as it is, and counts anew", async () => {
    const wanted = [
      { service: "storage", kind: "hang-mid-body", afterBytes: 3, path: "\\.txt$", applied: 7 },
      { service: "entra", kind: "refused", applied: 0 },
    ];
    const shown = [{ ...wanted[0], applied: 0 }, wanted[1]];
    expect(await (await send("PUT", wanted)).json()).toEqual(shown);
    const first = await (await send("GET")).text();
    const again = await send("PUT", JSON.parse(first) as unknown);
    expect([again.status, await again.text()]).toEqual([200, first]);
  });

  it("refuses a closed port for single requests, and for what is no service", async () => {
    const { error } = await refusal(
      send("PUT", [
        { service: "control", kind: "refused" },
        { service: "graph", kind: "refused", count: 2 },
      ]),
    );
    expect(error.message.split("\n- ").slice(1)).toEqual([
      'faults[0].service is "control"; it must be one of metadata, entra, oidc, graph, resource-manager, storage, key-vault, scm, managed-identity, instance-metadata',
      "faults[1].count is not known here; known are service, kind, applied",
    ]);
  });

  it.each([
    "",
    "Bearer",
    "Bearer other",
    "Bearer THE-TOKEN",
    "Bearer the-token, Bearer the-token",
    "Basic the-token",
    "the-token",
  ])("refuses the authorization '%s'", async (header) => {
    const { status, error } = await refusal(send("PUT", [], header));
    expect([status, error.code]).toEqual([401, "Unauthorized"]);
    expect(error.message).toBe(
      "the control address takes the bearer token that the connection names",
    );
  });

  it("refuses what it does not know with 501", async () => {
    const { status, error } = await refusal(send("POST", []));
    expect([status, error.message]).toEqual([
      501,
      "POST /faults is not emulated by the local Azure",
    ]);
  });

  it("refuses faults with every mistake in one answer, and keeps the ones in force", async () => {
    await send("PUT", [{ service: "graph", kind: "reset" }]);
    const { status, error } = await refusal(
      send("PUT", [
        { service: "login", kind: "status", status: 200, path: "(", when: "now", sahre: 1 },
        { service: "scm", kind: "latency" },
        { service: "scm", kind: "hang", milliseconds: 5, share: 0, count: 0.5, method: "get" },
        { kind: "crash", seed: -1 },
        "hang",
      ]),
    );
    expect([status, error.code]).toEqual([400, "InvalidFaults"]);
    const services =
      "metadata, entra, oidc, graph, resource-manager, storage, key-vault, scm, managed-identity, instance-metadata";
    const known = "service, kind, method, path, when, share, seed, count, applied";
    expect(error.message.split("\n- ")).toEqual([
      "the faults are not usable:",
      `faults[0].service is "login"; it must be one of ${services}`,
      `faults[0].path is "("; it must be a regular expression, such as /token$`,
      `faults[0].when is "now"; it must be one of before, after`,
      "faults[0].status is 200; it must be a whole number from 400 to 599",
      `faults[0].sahre is not known here; known are ${known}, status, retryAfterSeconds`,
      "faults[1].milliseconds is missing; it must be a whole number from 1 to 3600000",
      `faults[2].method is "get"; it must be an HTTP method in capitals, such as GET`,
      "faults[2].share is 0; it must be a number above 0 and at most 1",
      "faults[2].count is 0.5; it must be a whole number from 1 to 9007199254740991",
      `faults[2].milliseconds is not known here; known are ${known}`,
      `faults[3].service is missing; it must be one of ${services}`,
      `faults[3].kind is "crash"; it must be one of latency, status, html, reset, hang, hang-mid-body, refused`,
      "faults[3].seed is -1; it must be a whole number from 0 to 4294967295",
      `faults[4] is "hang"; it must be an object with service and kind`,
    ]);
    expect(faults.inForce).toHaveLength(1);
  });

  it.each([
    ["{", "the body is not JSON; send a list of faults"],
    ["{}", "the faults are no JSON list; send [] to have none"],
  ])("refuses the body %s", async (body, message) => {
    const headers = { authorization: "Bearer the-token" };
    const response = control.request("/faults", { method: "PUT", body, headers });
    expect(await refusal(response)).toEqual({
      status: 400,
      error: { code: "InvalidFaults", message },
    });
  });
});

async function send(method: string, body?: unknown, authorization = "Bearer the-token") {
  return control.request("/faults", {
    method,
    headers: authorization === "" ? {} : { authorization },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function refusal(answer: Response | Promise<Response>) {
  const response = await answer;
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, error };
}
