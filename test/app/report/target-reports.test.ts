import { beforeEach, expect, test } from "vitest";
import { TokenError, type TokenState } from "cross-tenant-tokens";
import { AppError } from "../../../app/app-error.ts";
import { contoso, createSite, tokenState, type Site } from "../site.ts";

let site: Site;
beforeEach(() => {
  site = createSite();
});

const blobs = "/api/targets/photos/blobs";

function oddToken(expiresOnTimestamp: number, claims: object): TokenState {
  const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
  const token = { token: `eyJhbGciOiJSUzI1NiJ9.${payload}.signature`, expiresOnTimestamp };
  return tokenState({ token, obtainedAt: site.clock.now(), refreshAt: expiresOnTimestamp });
}

async function lastStorageError(): Promise<unknown> {
  const { body } = await site.json("/api/targets");
  expect(body).toMatchObject({ targets: [{ name: "invoices" }, { name: "photos" }] });
  return Reflect.get(Object(Reflect.get(Object(body), "targets")[1]), "lastStorageError");
}

test.each(["identity", contoso.tenantId])(
  "hides nothing else because the token of %s names times beyond all calendars",
  async (key) => {
    const claims = { sub: "odd", exp: 1e15, iat: -1e15, nbf: 1_767_225_600 };
    site.tokenStates.set(key, oddToken(9e15, claims));
    const { status, body } = await site.json("/api/targets");
    const token = {
      state: "valid",
      refreshing: false,
      obtainedAt: "2026-01-01T00:00:00.000Z",
      ageSeconds: 0,
      remainingSeconds: expect.any(Number),
      claims: { subject: "odd", notBefore: "2026-01-01T00:00:00.000Z" },
    };
    const none = { state: "none", refreshing: false };
    const ofIdentity = key === "identity";
    expect(status).toBe(200);
    expect(body).toMatchObject({
      identity: { token: ofIdentity ? token : none },
      targets: [
        { name: "invoices", token: ofIdentity ? none : token },
        { name: "photos", token: none },
      ],
    });
    const page = await site.app.request("/overview");
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Target photos");
  },
);

test("reports how storage failed last, with cause and fix, until it answers again", async () => {
  expect(await lastStorageError()).toBeUndefined();
  const details = { hop: "storage", upstreamStatus: 404, azureCode: "ContainerNotFound" } as const;
  const refused = new AppError(502, "ERR_STORAGE_REFUSED", "storage: refused", details);
  site.photos.before = () => Promise.reject(refused);
  await site.json(blobs);
  await site.clock.advance(60_000);
  expect(await lastStorageError()).toEqual({
    at: "2026-01-01T00:00:00.000Z",
    code: "ERR_STORAGE_REFUSED",
    message: "storage: refused",
    ...details,
    explanation: {
      cause: expect.stringContaining('has no container "files"'),
      fix: expect.any(String),
    },
  });
  site.photos.before = () => Promise.resolve();
  await site.json(blobs);
  expect(await lastStorageError()).toBeUndefined();
});

test.each<[string, RequestInit | undefined]>([
  ["list", undefined],
  ["read", { method: "GET" }],
  ["write", { method: "PUT", body: "x" }],
  ["remove", { method: "DELETE" }],
])("reports how a %s failed at storage", async (operation, init) => {
  const details = { hop: "storage" } as const;
  const refused = new AppError(502, "ERR_STORAGE_REFUSED", operation, details);
  site.photos.before = () => Promise.reject(refused);
  await site.json(init ? `${blobs}/a` : blobs, init);
  expect(await lastStorageError()).toMatchObject({ message: operation });
});

test("takes a blob that is not there for an answer of storage's", async () => {
  const details = { hop: "storage" } as const;
  const refused = new AppError(502, "ERR_STORAGE_REFUSED", "storage: refused", details);
  site.photos.before = () => Promise.reject(refused);
  await site.json(blobs);
  site.photos.before = () => Promise.resolve();
  expect(await site.json(`${blobs}/none`)).toMatchObject({ status: 404 });
  expect(await lastStorageError()).toBeUndefined();
});

test("does not blame storage for a missing token, a broken upload or a bug", async () => {
  const others = [
    new TokenError("token exchange", "ERR_TOKEN_EXCHANGE", "AADSTS700016: no"),
    new AppError(400, "ERR_BODY_INCOMPLETE", "the request's body ended"),
    new Error("a bug"),
  ];
  for (const error of others) {
    site.photos.before = () => Promise.reject(error);
    await site.json(blobs);
    expect(await lastStorageError()).toBeUndefined();
  }
});
