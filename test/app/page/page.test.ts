import { beforeEach, expect, test } from "vitest";
import { TokenError } from "cross-tenant-tokens";
import { AppError } from "../../../app/app-error.ts";
import { settled } from "../../../app/token/test/manual-clock.ts";
import { failExchange, holdToken } from "../site-tokens.ts";
import { contoso, createSite, fabrikam, tokenState, type Site } from "../site.ts";

let site: Site;
beforeEach(() => {
  site = createSite();
  site.invoices.blobs.set("report.csv", { bytes: Buffer.alloc(1234), contentType: "text/csv" });
});

/** The page's text, with its white space as a browser shows it. */
async function page(): Promise<string> {
  return (await (await site.app.request("/overview")).text()).replaceAll(/\s+/g, " ");
}

test("shows the whole chain", async () => {
  holdToken(site);
  const text = await page();
  for (const part of [
    "cccccccc-0000-4000-8000-00000000000c",
    "dddddddd-0000-4000-8000-00000000000d",
    "aaaaaaaa-0000-4000-8000-00000000000a",
    "https://contoso.blob.core.windows.net",
    "succeeded at 2026-01-01T00:00:00.000Z",
    `https://sts.windows.net/${contoso.tenantId}/`,
    "service-principal-id",
    'href="/api/targets/invoices/blobs/report.csv"',
    "1,234",
    "abc123",
  ]) {
    expect(text).toContain(part);
  }
});

test("shows a token's age, remaining life and use", async () => {
  holdToken(site);
  await site.clock.advance(90_500);
  const text = await page();
  for (const part of [
    "<dt>State</dt> <dd>valid</dd>",
    "<dt>Age</dt> <dd>1 min 30 s</dd>",
    "<dt>Remaining life</dt> <dd>58 min 29 s</dd>",
    "<dt>Next one from</dt> <dd>2026-01-01T00:30:00.000Z</dd>",
    "<dd>7 served, 2 obtained, 1 failed, 0 rejected</dd>",
  ]) {
    expect(text).toContain(part);
  }
});

test("says why the last exchange failed and what mends it", async () => {
  failExchange(site);
  const text = await page();
  expect(text).toContain("<dd>none, being fetched</dd>");
  expect(text).toContain("<code>ERR_TOKEN_EXCHANGE</code> token exchange: AADSTS7000229: missing");
  expect(text).toContain(
    "<dt>Cause</dt> <dd>application aaaaaaaa-0000-4000-8000-00000000000a has no",
  );
  expect(text).toMatch(/<dt>Fix<\/dt> <dd>[^<]*`az ad sp create --id/);
});

test("says why blobs could not be listed without hiding the other tenant", async () => {
  const details = { hop: "storage", upstreamStatus: 404, azureCode: "ContainerNotFound" } as const;
  site.photos.before = () =>
    Promise.reject(new AppError(502, "ERR_STORAGE_REFUSED", "storage: refused", details));
  const text = await page();
  expect(text).toContain("report.csv");
  expect(text).toContain("<code>ERR_STORAGE_REFUSED</code> storage: refused");
  expect(text).toContain("has no container &quot;files&quot;");
});

test("tells once what failed both the last exchange and the listing", async () => {
  failExchange(site);
  const error = site.tokenStates.get(fabrikam.tenantId)?.lastAttempt?.error ?? new Error("none");
  site.photos.before = () => Promise.reject(error);
  const text = await page();
  expect(text.split("AADSTS7000229: missing")).toHaveLength(2);
  expect(text).toContain("Not listed: see the last exchange.");
});

test("tells of storage's deadline although the last exchange met one as well", async () => {
  const error = new TokenError("token exchange", "ERR_UPSTREAM_DEADLINE", "no answer within 5 s");
  site.tokenStates.set(fabrikam.tenantId, tokenState({ lastAttempt: { at: 0, error } }));
  site.photos.before = () =>
    Promise.reject(
      new AppError(504, "ERR_UPSTREAM_DEADLINE", "storage: nothing moved", { hop: "storage" }),
    );
  const text = await page();
  expect(text).toContain("token exchange: no answer within 5 s");
  expect(text).toContain("storage: nothing moved");
});

test("says what is wrong with the managed identity", async () => {
  const error = new TokenError("managed identity", "ERR_UPSTREAM_DEADLINE", "no answer within 5 s");
  site.tokenStates.set("identity", tokenState({ lastAttempt: { at: site.clock.now(), error } }));
  const text = await page();
  expect(text).toContain(
    "<code>ERR_UPSTREAM_DEADLINE</code> managed identity: no answer within 5 s",
  );
  expect(text).toContain("<dd>the identity endpoint gave no token of identity cccccccc");
});

test("waits three seconds at most for a target that hangs, and cancels what it asked", async () => {
  let signal: AbortSignal | undefined;
  site.photos.before = (given) => {
    signal = given;
    return new Promise(() => undefined);
  };
  const answer = page();
  await settled();
  expect(signal?.aborted).toBe(false);
  await site.clock.advance(3_000);
  const text = await answer;
  expect(text).toContain("No answer yet.");
  expect(text).toContain("report.csv");
  expect(signal?.aborted).toBe(true);
});

test("leaves no timer and no slot behind", async () => {
  for (let times = 0; times < 3; times += 1) await page();
  expect(site.clock.timers).toBe(0);
});

test("piles up no requests at a target that hangs and cannot be cancelled", async () => {
  site.photos.before = () => new Promise(() => undefined);
  for (let times = 0; times < 4; times += 1) {
    const answer = page();
    await settled();
    await site.clock.advance(3_000);
    await answer;
  }
  expect(site.photos.calls).toHaveLength(2);
  expect(await page()).toContain("ERR_TOO_MANY_REQUESTS");
  await site.clock.advance(30_000);
  expect(await site.json("/api/targets/invoices/blobs")).toMatchObject({ status: 200 });
  expect(site.clock.timers).toBe(0);
});

test("escapes what tenants and upstreams wrote and allows no script", async () => {
  const hostile = `"><script>alert('x')</script>&`;
  const escaped = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;";
  site.invoices.blobs.set(hostile, { bytes: Buffer.alloc(1), contentType: "text/html" });
  const details = { hop: "storage", storageTenantId: hostile } as const;
  site.photos.before = () =>
    Promise.reject(new AppError(502, "ERR_STORAGE_REFUSED", hostile, details));
  const response = await site.app.request("/overview");
  const text = await response.text();
  expect(text).not.toContain("<script");
  expect(text).toContain(`<code>ERR_STORAGE_REFUSED</code> ${escaped}`);
  expect(text).toContain(`belongs to tenant ${escaped}`);
  expect(text.split(escaped).length).toBeGreaterThan(3);
  const policy = response.headers.get("content-security-policy");
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=';/);
});
