import { beforeEach, expect, test } from "vitest";
import { TokenError } from "cross-tenant-tokens";
import { canary, failExchange, holdToken } from "./site-tokens.ts";
import { contoso, createSite, fabrikam, tokenState, type Site } from "./site.ts";

let site: Site;
beforeEach(() => {
  site = createSite();
});

const missingPrincipal = {
  cause: expect.stringContaining(`no service principal in tenant ${fabrikam.tenantId}`),
  fix: expect.stringContaining("`ResourceTenant` declares it"),
};

test("is healthy and names its package while every target hangs", async () => {
  site.invoices.before = site.photos.before = () => new Promise(() => undefined);
  expect(await site.json("/healthz")).toEqual({
    status: 200,
    body: { status: "ok", package: "abc123" },
  });
  expect([...site.invoices.calls, ...site.photos.calls]).toEqual([]);
});

test("reports every target with its token, its last exchange and the storage token's claims", async () => {
  holdToken(site);
  failExchange(site);
  await site.clock.advance(90_500);
  const { body } = await site.json("/api/targets");
  expect(body).toEqual({
    identity: expect.any(Object),
    targets: [
      {
        name: "invoices",
        tenant: "contoso",
        tenantId: contoso.tenantId,
        kind: "blob",
        endpoint: "https://contoso.blob.core.windows.net",
        container: "files",
        token: {
          state: "valid",
          refreshing: false,
          obtainedAt: "2026-01-01T00:00:00.000Z",
          expiresAt: "2026-01-01T01:00:00.000Z",
          refreshAt: "2026-01-01T00:30:00.000Z",
          ageSeconds: 90,
          remainingSeconds: 3509,
          claims: {
            issuer: `https://sts.windows.net/${contoso.tenantId}/`,
            tenantId: contoso.tenantId,
            applicationId: "app-id",
            subject: "service-principal-id",
            audience: "https://storage.azure.com",
            issuedAt: "2026-01-01T00:00:00.000Z",
            notBefore: "2026-01-01T00:00:00.000Z",
            expiresAt: "2026-01-01T01:00:00.000Z",
          },
        },
        lastExchange: { at: "2026-01-01T00:00:00.000Z", outcome: "succeeded" },
        counters: { served: 7, obtained: 2, failed: 1, rejected: 0 },
      },
      {
        name: "photos",
        tenant: "fabrikam",
        tenantId: fabrikam.tenantId,
        kind: "blob",
        endpoint: "https://fabrikam.blob.core.windows.net",
        container: "files",
        token: { state: "none", refreshing: true },
        lastExchange: {
          at: "2026-01-01T00:00:00.000Z",
          outcome: "failed",
          code: "ERR_TOKEN_EXCHANGE",
        },
        lastError: {
          code: "ERR_TOKEN_EXCHANGE",
          message: "token exchange: AADSTS7000229: missing",
          hop: "token exchange",
          aadsts: 7_000_229,
          upstreamStatus: 401,
          explanation: missingPrincipal,
        },
        counters: { served: 0, obtained: 0, failed: 3, rejected: 0 },
      },
    ],
  });
});

test("reports the managed identity's own token and what is wrong with it", async () => {
  const message = "No User Assigned or Delegated Managed Identity found";
  const details = { upstreamStatus: 400 };
  const error = new TokenError("managed identity", "ERR_MANAGED_IDENTITY", message, details);
  site.tokenStates.set("identity", tokenState({ lastAttempt: { at: site.clock.now(), error } }));
  const { body } = await site.json("/api/targets");
  expect(body).toMatchObject({
    identity: {
      clientId: "cccccccc-0000-4000-8000-00000000000c",
      principalId: "dddddddd-0000-4000-8000-00000000000d",
      token: { state: "none", refreshing: false },
      lastAttempt: { outcome: "failed", code: "ERR_MANAGED_IDENTITY" },
      lastError: {
        code: "ERR_MANAGED_IDENTITY",
        message: `managed identity: ${message}`,
        hop: "managed identity",
        upstreamStatus: 400,
        explanation: {
          cause: expect.stringContaining(
            "identity cccccccc-0000-4000-8000-00000000000c is not assigned to this site",
          ),
          fix: expect.stringContaining("restart the site"),
        },
      },
      counters: { served: 0, obtained: 0, failed: 0, rejected: 0 },
    },
  });
});

test("says that a token it holds has expired", async () => {
  holdToken(site);
  await site.clock.advance(3_600_000);
  const { body } = await site.json("/api/targets");
  expect(body).toMatchObject({
    targets: [{ token: { state: "expired", ageSeconds: 3600, remainingSeconds: 0 } }, {}],
  });
});

test("leads a browser on from / and asks nobody for it, because Always On does so for ever", async () => {
  const response = await site.app.request("/");
  expect(response.status).toBe(200);
  expect(await response.text()).toContain(
    '<meta http-equiv="refresh" content="0; url=/overview" />',
  );
  expect([...site.invoices.calls, ...site.photos.calls]).toEqual([]);
  await site.app.request("/overview");
  expect([...site.invoices.calls, ...site.photos.calls]).toEqual(["list 50 -", "list 50 -"]);
});

test("never shows a token, in no body and no log line", async () => {
  holdToken(site);
  const bodies = await Promise.all(
    ["/", "/overview", "/healthz", "/api/targets", "/api/targets/invoices/blobs", "/api/x"].map(
      async (path) => {
        const response = await site.app.request(`${path}?token=${canary}`, {
          headers: { authorization: `Bearer ${canary}` },
        });
        return response.text();
      },
    ),
  );
  expect(bodies.join("\n")).not.toContain(canary);
  expect(bodies.join("\n")).not.toContain("eyJ");
  expect(JSON.stringify(site.log)).not.toContain(canary);
});

test("explains the failure of a hop in the answer to the request", async () => {
  const error = new TokenError("token exchange", "ERR_TOKEN_EXCHANGE", "AADSTS7000229: missing", {
    aadsts: 7_000_229,
  });
  site.photos.before = () => Promise.reject(error);
  expect(await site.json("/api/targets/photos/blobs")).toEqual({
    status: 502,
    body: {
      error: {
        code: "ERR_TOKEN_EXCHANGE",
        message: "token exchange: AADSTS7000229: missing",
        hop: "token exchange",
        aadsts: 7_000_229,
        explanation: missingPrincipal,
      },
    },
  });
});

test.each([
  ["as it asked, rounded up", 2_100, "3"],
  ["a second later when it asked for nothing", undefined, "1"],
])("tells the caller of an unavailable upstream to come back %s", async (_when, ms, seconds) => {
  const error = new TokenError(
    "token exchange",
    "ERR_UPSTREAM_UNAVAILABLE",
    "answered 503 without a reason",
    { upstreamStatus: 503 },
    ms === undefined ? {} : { retryAfterMs: ms },
  );
  site.photos.before = () => Promise.reject(error);
  const response = await site.app.request("/api/targets/photos/blobs");
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, seconds]);
});

test("logs one line a request, with the target and without the query", async () => {
  await site.json("/api/targets/invoices/blobs?limit=5");
  await site.json("/api/targets/invoices/blobs/a%0Ab");
  expect(site.log).toEqual([
    {
      event: "request",
      method: "GET",
      path: "/api/targets/invoices/blobs",
      status: 200,
      ms: 0,
      target: "invoices",
    },
    {
      event: "request",
      method: "GET",
      path: "/api/targets/invoices/blobs/a%0Ab",
      status: 400,
      ms: 0,
      target: "invoices",
      code: "ERR_BAD_BLOB_NAME",
      message: expect.any(String),
    },
  ]);
});

test.each(["/api/secrets", "/admin", "/api/targets/invoices", "/api/targets/invoices/blobs/"])(
  "refuses the unknown route %s",
  async (path) => {
    expect(await site.json(path)).toEqual({
      status: 404,
      body: {
        error: { code: "ERR_UNKNOWN_ROUTE", message: expect.stringContaining("no such route") },
      },
    });
  },
);

test.each([
  ["POST", "/", "GET, HEAD"],
  ["POST", "/overview", "GET, HEAD"],
  ["PUT", "/healthz", "GET, HEAD"],
  ["DELETE", "/api/targets", "GET, HEAD"],
  ["POST", "/api/targets/invoices/blobs", "GET, HEAD"],
  ["POST", "/api/targets/invoices/blobs/a", "GET, PUT, DELETE"],
  ["HEAD", "/api/targets/invoices/blobs/a", "GET, PUT, DELETE"],
  ["POST", "/api/targets/invoices/blobs/a/b", "GET, PUT, DELETE"],
])("refuses %s %s", async (method, path, allowed) => {
  const response = await site.app.request(path, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe(allowed);
  expect([...site.invoices.calls, ...site.photos.calls]).toEqual([]);
});

test("binds browsers to https for a year, but not those on its own machine", async () => {
  expect(await transportHeader("site.azurewebsites.net")).toBe("max-age=31536000");
  for (const host of ["localhost:8080", "site.localhost", "127.0.0.1", "[::1]:8080"])
    expect(await transportHeader(host)).toBe(null);
});

async function transportHeader(host: string): Promise<string | null> {
  const response = await site.app.request(`https://${host}/healthz`);
  return response.headers.get("strict-transport-security");
}
