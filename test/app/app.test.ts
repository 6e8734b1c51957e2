import { beforeEach, expect, test } from "vitest";
import { TokenError } from "../../app/token/token-error.ts";
import { contoso, createSite, fabrikam, type Site } from "./site.ts";

let site: Site;
beforeEach(() => {
  site = createSite();
});

const canary = "canary-signature";

/** A storage token as Entra issues it: version 1, with a signature that must never be shown. */
function holdToken(): void {
  const claims = {
    iss: `https://sts.windows.net/${contoso.tenantId}/`,
    aud: "https://storage.azure.com",
    tid: contoso.tenantId,
    appid: "app-id",
    sub: "service-principal-id",
    iat: 1_767_225_600,
    nbf: 1_767_225_600,
    exp: 1_767_229_200,
  };
  const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
  site.tokenStates.set(contoso.tenantId, {
    token: {
      token: `eyJhbGciOiJSUzI1NiJ9.${payload}.${canary}`,
      expiresOnTimestamp: site.clock.now() + 3_600_000,
    },
    lastAttempt: { at: site.clock.now() },
  });
}

function failExchange(): void {
  const error = new TokenError("token exchange", "refused", "AADSTS7000229: missing", {
    aadsts: 7_000_229,
  });
  site.tokenStates.set(fabrikam.tenantId, { lastAttempt: { at: site.clock.now(), error } });
}

test("is healthy and names its package while every target hangs", async () => {
  site.invoices.before = site.photos.before = () => new Promise(() => undefined);
  expect(await site.json("/healthz")).toEqual({
    status: 200,
    body: { status: "ok", package: "abc123" },
  });
  expect([...site.invoices.calls, ...site.photos.calls]).toEqual([]);
});

test("reports every target with its last exchange and the storage token's claims", async () => {
  holdToken();
  failExchange();
  const { body } = await site.json("/api/targets");
  expect(body).toEqual({
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
      },
      {
        name: "photos",
        tenant: "fabrikam",
        tenantId: fabrikam.tenantId,
        kind: "blob",
        endpoint: "https://fabrikam.blob.core.windows.net",
        container: "files",
        token: { state: "none" },
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
        },
      },
    ],
  });
});

test("says that a token it holds has expired", async () => {
  holdToken();
  await site.clock.advance(3_600_000);
  const { body } = await site.json("/api/targets");
  expect(body).toMatchObject({ targets: [{ token: { state: "expired" } }, {}] });
});

test("shows the whole chain on the page", async () => {
  holdToken();
  failExchange();
  site.invoices.blobs.set("report.csv", { bytes: Buffer.alloc(1234), contentType: "text/csv" });
  const page = await (await site.app.request("/")).text();
  for (const text of [
    "cccccccc-0000-4000-8000-00000000000c",
    "dddddddd-0000-4000-8000-00000000000d",
    "aaaaaaaa-0000-4000-8000-00000000000a",
    "https://contoso.blob.core.windows.net",
    "succeeded at 2026-01-01T00:00:00.000Z",
    `https://sts.windows.net/${contoso.tenantId}/`,
    "service-principal-id",
    'href="/api/targets/invoices/blobs/report.csv"',
    "1,234",
    "AADSTS7000229: missing",
    "abc123",
  ]) {
    expect(page).toContain(text);
  }
});

test("shows one tenant's failure on the page without hiding the other tenant", async () => {
  site.photos.before = () => Promise.reject(new TokenError("token exchange", "refused", "no"));
  site.invoices.blobs.set("report.csv", { bytes: Buffer.alloc(1), contentType: "text/csv" });
  const page = await (await site.app.request("/")).text();
  expect(page).toContain("report.csv");
  expect(page).toContain("ERR_TOKEN_EXCHANGE");
});

test("escapes hostile blob names and allows no script on the page", async () => {
  const hostile = `"><script>alert('x')</script>&`;
  site.invoices.blobs.set(hostile, { bytes: Buffer.alloc(1), contentType: "text/html" });
  const response = await site.app.request("/");
  const page = await response.text();
  expect(page).not.toContain("<script");
  expect(page).toContain("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;");
  const policy = response.headers.get("content-security-policy");
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=';/);
});

test("never shows a token, in no body and no log line", async () => {
  holdToken();
  const bodies = await Promise.all(
    ["/", "/healthz", "/api/targets", "/api/targets/invoices/blobs", "/api/x"].map(async (path) => {
      const response = await site.app.request(`${path}?token=${canary}`, {
        headers: { authorization: `Bearer ${canary}` },
      });
      return response.text();
    }),
  );
  expect(bodies.join("\n")).not.toContain(canary);
  expect(bodies.join("\n")).not.toContain("eyJ");
  expect(JSON.stringify(site.log)).not.toContain(canary);
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

test.each(["/api/secrets", "/admin", "/api/targets/invoices", "/api/targets/invoices/blobs/a/b"])(
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
  ["PUT", "/healthz", "GET, HEAD"],
  ["DELETE", "/api/targets", "GET, HEAD"],
  ["POST", "/api/targets/invoices/blobs", "GET, HEAD"],
  ["POST", "/api/targets/invoices/blobs/a", "GET, PUT, DELETE"],
  ["HEAD", "/api/targets/invoices/blobs/a", "GET, PUT, DELETE"],
])("refuses %s %s", async (method, path, allowed) => {
  const response = await site.app.request(path, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe(allowed);
  expect([...site.invoices.calls, ...site.photos.calls]).toEqual([]);
});
