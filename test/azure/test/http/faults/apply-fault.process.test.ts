import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { IdentityEndpoint } from "../../../src/app-service/identity-endpoint.ts";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import type { FaultEffect } from "../../../src/http/faults/fault.ts";
import { type HttpsService, startHttpsService } from "../../../src/http/https-service.ts";
import type { Traffic } from "../../../src/http/traffic.ts";
import type { Azure } from "../../../src/service/azure.ts";
import { eventually } from "../../eventually.ts";
import { createBareTenants } from "../../tenants/bare-tenants.ts";
import { type Observation, observeRequest } from "./observe-request.ts";

// Real sockets: TLS, as every service has, and the plain HTTP of the managed identity endpoint.

let azure: Azure;
let traffic: Traffic;
let service: HttpsService;
let identityEndpoint: IdentityEndpoint;
const [carriedOut, over] = [vi.fn(), vi.fn()];

beforeAll(async () => {
  ({ azure } = await createBareTenants());
  traffic = azure.traffic;
  service = await startHttpsService(watchedService(), azure.certificate);
  identityEndpoint = new IdentityEndpoint(azure, issueManagedIdentityToken, () => []);
});

afterAll(async () => {
  await service.close();
  await identityEndpoint.close();
});

beforeEach(() => {
  traffic.reset();
  carriedOut.mockClear();
  over.mockClear();
});

const hour = 3_600_000;
const answered = { status: 200, body: '{"right":true}' };

describe("a fault in front of a service over TLS", () => {
  it.each<[string, FaultEffect, Partial<Observation>]>([
    ["a status", { kind: "status", status: 503 }, { status: 503 }],
    [
      "a status with Retry-After",
      { kind: "status", status: 429, retryAfterSeconds: 7 },
      { status: 429, headers: expect.objectContaining({ "retry-after": "7" }) as never },
    ],
    [
      "an HTML page",
      { kind: "html" },
      {
        status: 200,
        headers: expect.objectContaining({ "content-type": "text/html" }) as never,
        body: expect.stringMatching(/^<!DOCTYPE html>/) as never,
      },
    ],
    ["a reset", { kind: "reset" }, { error: "ECONNRESET", body: "" }],
  ])("answers with %s, before the commit and after it", async (_, effect, expected) => {
    for (const when of ["before", "after"] as const) {
      carriedOut.mockClear();
      traffic.faults.set([{ service: "graph", when, ...effect }]);
      expect(await finished(ask())).toMatchObject(expected);
      expect(carriedOut).toHaveBeenCalledTimes(when === "after" ? 1 : 0);
    }
    traffic.faults.clear();
    expect(await finished(ask())).toMatchObject(answered);
  });

  it("leaves no trace of the answer that is lost", async () => {
    traffic.faults.set([{ service: "graph", kind: "status", status: 500, when: "after" }]);
    const { body, headers } = await finished(ask());
    expect(JSON.parse(body)).toEqual({
      error: { code: "InjectedFault", message: "injected fault after the commit" },
    });
    expect(headers).not.toHaveProperty("x-right");
  });

  it("resets the TCP connection, which is more than closing it", async () => {
    traffic.faults.set([{ service: "graph", kind: "reset" }]);
    const { request } = ask();
    const [error] = (await once(request, "error")) as [Error];
    expect(error.message).toBe("read ECONNRESET");
  });

  it.each(["before", "after"] as const)(
    "delays the right answer, %s the commit, until the time is up or the fault is gone",
    async (when) => {
      traffic.faults.set([{ service: "graph", when, kind: "latency", milliseconds: hour }]);
      const seen = ask();
      await met();
      if (when === "after") await eventually(() => expect(carriedOut).toHaveBeenCalledOnce());
      else expect(carriedOut).not.toHaveBeenCalled();
      expect(seen.status).toBeUndefined();
      traffic.faults.set([{ service: "graph", when, kind: "latency", milliseconds: 1 }]);
      expect(await finished(seen)).toMatchObject(answered);
      expect(await finished(ask())).toMatchObject(answered);
    },
  );

  it("hangs without a byte until the fault is gone, then closes the connection", async () => {
    traffic.faults.set([{ service: "graph", kind: "hang" }]);
    const seen = ask("POST");
    await met();
    traffic.faults.clear();
    const { status, error } = await finished(seen);
    expect([status, error]).toEqual([undefined, "ECONNRESET"]);
    await eventually(() => expect(over).toHaveBeenCalledOnce());
    expect(carriedOut).not.toHaveBeenCalled();
  });

  it("hangs in the middle of the body until the fault is gone, then closes the connection", async () => {
    traffic.faults.set([{ service: "graph", kind: "hang-mid-body" }]);
    const seen = ask();
    await eventually(() => expect(seen).toMatchObject({ status: 200, body: '{"' }));
    expect(over).not.toHaveBeenCalled();
    traffic.reset();
    expect(await finished(seen)).toMatchObject({ status: 200, body: '{"', error: "ECONNRESET" });
    await eventually(() => expect(over).toHaveBeenCalledOnce());
  });

  it.each(["hang", "hang-mid-body"] as const)(
    "forgets a request in a %s whose client has left",
    async (kind) => {
      traffic.faults.set([{ service: "graph", kind }]);
      const seen = ask();
      await met();
      seen.request.destroy();
      await eventually(() => expect(over).toHaveBeenCalledOnce());
    },
  );

  it("ends what hangs when the service closes", async () => {
    const closing = await startHttpsService(watchedService(), azure.certificate);
    traffic.faults.set([{ service: "graph", kind: "hang" }]);
    const seen = observeRequest(closing.origin, azure.certificate.ca);
    await met();
    await closing.close();
    expect((await finished(seen)).error).toBe("ECONNRESET");
    await eventually(() => expect(over).toHaveBeenCalledOnce());
  });

  it("closes its port on a connection that has not said a word", async () => {
    const closing = await startHttpsService(watchedService(), azure.certificate);
    const silent = connect(closing.port, "127.0.0.1").on("error", () => undefined);
    await once(silent, "connect");
    const ended = once(silent, "close");
    await closing.refuse(true);
    await ended;
    await closing.close();
  });

  it("fails no more requests than its count", async () => {
    traffic.faults.set([{ service: "graph", kind: "status", status: 500, count: 2 }]);
    const seen = [await finished(ask()), await finished(ask()), await finished(ask())];
    expect(seen.map(({ status }) => status)).toEqual([500, 500, 200]);
    expect(traffic.faults.inForce).toMatchObject([{ applied: 2 }]);
  });
});

describe("faults in front of App Service's managed identity endpoint", () => {
  it.each<[string, FaultEffect, Partial<Observation>]>([
    ["a status", { kind: "status", status: 500 }, { status: 500 }],
    ["a reset", { kind: "reset" }, { error: "ECONNRESET" }],
    ["an HTML page", { kind: "html" }, { status: 200 }],
  ])("answers with %s", async (_, effect, expected) => {
    traffic.faults.set([{ service: "managed-identity", path: /^\/msi\//, ...effect }]);
    expect(await finished(await askIdentity())).toMatchObject(expected);
    traffic.faults.clear();
    expect(await finished(await askIdentity())).toMatchObject({ status: 401 });
  });

  it("hangs, and ends what hangs when it closes", async () => {
    traffic.faults.set([
      { service: "managed-identity", kind: "hang", count: 1 },
      { service: "managed-identity", kind: "hang-mid-body" },
    ]);
    const hung = [await askIdentity(), await askIdentity()];
    await eventually(() =>
      expect(traffic.faults.inForce.map(({ applied }) => applied)).toEqual([1, 1]),
    );
    await identityEndpoint.close();
    const errors = await Promise.all(hung.map(async (seen) => (await finished(seen)).error));
    expect(errors).toEqual(["ECONNRESET", "ECONNRESET"]);
  });
});

/** A service that tells what becomes of a request inside it. */
function watchedService(): Hono {
  const app = new Hono();
  app.use(async (_, next) => {
    await next();
    over();
  });
  app.use(traffic.middleware("graph"));
  app.all("*", (c) => {
    carriedOut();
    return c.json({ right: true }, 200, { "x-right": randomUUID() });
  });
  return app;
}

function ask(method = "GET"): Observation {
  return observeRequest(`${service.origin}/v1.0/applications`, azure.certificate.ca, method);
}

async function askIdentity(): Promise<Observation> {
  return observeRequest(
    `${await identityEndpoint.url()}?api-version=2019-08-01`,
    azure.certificate.ca,
  );
}

async function finished(seen: Observation): Promise<Observation> {
  await seen.ended;
  return seen;
}

/** Resolves when a request has met the fault. */
function met(): Promise<void> {
  return eventually(() => expect(traffic.faults.inForce).toMatchObject([{ applied: 1 }]));
}
