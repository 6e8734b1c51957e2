import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clientAssertionCredential } from "../src/client-assertion.ts";
import { createCrossTenantTokens, type CrossTenantTokens } from "../src/cross-tenant-tokens.ts";
import { managedIdentityCredential } from "../src/managed-identity.ts";
import { TokenError } from "../src/token-error.ts";
import { ManualClock } from "./manual-clock.ts";
import { FakeUpstream, type Answer } from "./fake-upstream.ts";

// The SDK is real, only its HTTP client is not. It keeps the first identity's HTTP client in a static
// field: hence one upstream for the file.
const upstream = new FakeUpstream();
const assertion = "eyJhbGciOiJSUzI1NiJ9.eyJjYW5hcnkiOjF9.canary-identity-token";
const tenantA = "00000000-0000-4000-8000-00000000000a";
const tenantB = "00000000-0000-4000-8000-00000000000b";
let clock: ManualClock;
let tokens: CrossTenantTokens;

const scope = "https://storage.azure.com/.default";
const getToken = async (tenantId: string): Promise<string> =>
  (await clock.passUntil(tokens.credential(tenantId).getToken(scope))).token;

beforeEach(() => {
  vi.stubEnv("IDENTITY_ENDPOINT", "http://127.0.0.1:1/msi/token");
  vi.stubEnv("IDENTITY_HEADER", "canary-header");
  clock = new ManualClock();
  upstream.requests.length = 0;
  upstream.identity = { status: 200, body: tokenBody() };
  upstream.login = {
    status: 200,
    body: { token_type: "Bearer", expires_in: 3599, access_token: "storage-token" },
  };
  tokens = crossTenantTokens();
});

// The files of a worker share its environment.
afterEach(() => vi.unstubAllEnvs());

test("presents the identity's token to the resource tenant as the application's client assertion", async () => {
  expect(await getToken(tenantA)).toBe("storage-token");
  const [identityRequest] = upstream.sent("/msi/token");
  expect(new URL(identityRequest?.url ?? "").searchParams.get("resource")).toBe(
    "api://AzureADTokenExchange",
  );
  expect(identityRequest?.headers.get("x-identity-header")).toBe("canary-header");
  const [exchange] = upstream.sent("/oauth2/v2.0/token");
  expect(exchange?.url).toContain(`https://login.example/${tenantA}/`);
  const form = typeof exchange?.body === "string" ? exchange.body : "";
  expect(Object.fromEntries(new URLSearchParams(form))).toMatchObject({
    client_id: "aaaaaaaa-0000-4000-8000-00000000000a",
    client_assertion: assertion,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    grant_type: "client_credentials",
    scope: expect.stringContaining(scope),
  });
});

test("keeps the scopes apart, so that no resource gets another one's token", async () => {
  const credential = tokens.credential(tenantA);
  await credential.getToken("https://storage.azure.com/.default");
  await credential.getToken(["https://vault.azure.net/.default", "https://other/.default"]);
  const scopes = upstream
    .sent("/oauth2/v2.0/token")
    .map(({ body }) => new URLSearchParams(typeof body === "string" ? body : "").get("scope"));
  expect(scopes).toEqual([
    expect.stringContaining("https://storage.azure.com/.default"),
    expect.stringContaining("https://vault.azure.net/.default https://other/.default"),
  ]);
});

test("makes one identity call for two tenants and one exchange in each for a thousand callers", async () => {
  const callers = Array.from({ length: 500 }, () => [tenantA, tenantB]).flat();
  await Promise.all(callers.map((tenant) => getToken(tenant)));
  expect(upstream.sent("/msi/token")).toHaveLength(1);
  expect(upstream.sent(`${tenantA}/oauth2`)).toHaveLength(1);
  expect(upstream.sent(`${tenantB}/oauth2`)).toHaveLength(1);
});

test("serves a warm token while both endpoints are down, without calling them", async () => {
  await getToken(tenantA);
  upstream.identity = upstream.login = "reset";
  upstream.requests.length = 0;
  expect(await getToken(tenantA)).toBe("storage-token");
  expect(upstream.requests).toEqual([]);
});

test("a refused tenant does not disturb another one, and recovers without a restart", async () => {
  await getToken(tenantA);
  const healthy = upstream.login;
  upstream.login = refusal("invalid_client", "AADSTS7000229: The client application is missing.");
  await expect(getToken(tenantB)).rejects.toMatchObject({ details: { aadsts: 7_000_229 } });
  expect(await getToken(tenantA)).toBe("storage-token");
  upstream.login = healthy;
  await clock.advance(1_000);
  expect(await getToken(tenantB)).toBe("storage-token");
});

test("refuses with Entra's text, number and ids when the exchange is refused", async () => {
  upstream.login = refusal(
    "invalid_client",
    "AADSTS700213: No matching federated identity record.",
  );
  await expect(getToken(tenantA)).rejects.toMatchObject({
    name: "TokenError",
    hop: "token exchange",
    code: "ERR_TOKEN_EXCHANGE",
    message: "AADSTS700213: No matching federated identity record.",
    details: {
      aadsts: 700_213,
      upstreamStatus: 401,
      traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  });
});

test.each<[string, Answer, string, string]>([
  [
    "the identity is not assigned",
    {
      status: 400,
      body: { statusCode: 400, message: "No User Assigned or Delegated Managed Identity found" },
    },
    "ERR_MANAGED_IDENTITY",
    "No User Assigned or Delegated Managed Identity found",
  ],
  [
    "the identity header is wrong",
    { status: 401, body: "" },
    "ERR_MANAGED_IDENTITY",
    "answered 401 without a reason",
  ],
  [
    "the endpoint answers with a web page",
    { status: 200, body: "<html>" },
    "ERR_UPSTREAM_UNAVAILABLE",
    "answered 200 without a token",
  ],
  [
    "the endpoint drops the connection",
    "reset",
    "ERR_UPSTREAM_UNAVAILABLE",
    "no answer (ECONNRESET)",
  ],
])("refuses at the managed identity when %s", async (_case, answer, code, message) => {
  upstream.identity = answer;
  await expect(getToken(tenantA)).rejects.toMatchObject({ hop: "managed identity", code, message });
  expect(upstream.sent("/oauth2/")).toEqual([]);
});

test.each([
  ["managed identity", "identity", 10],
  ["token exchange", "login", 15],
] as const)(
  "gives up on a hung %s at the deadline and cancels its requests",
  async (hop, part, seconds) => {
    upstream[part] = "hang";
    const started = clock.now();
    await expect(getToken(tenantA)).rejects.toMatchObject({
      hop,
      code: "ERR_UPSTREAM_DEADLINE",
      message: `no answer within ${seconds} s`,
    });
    expect(clock.now() - started).toBe(seconds * 1000);
    const hung = upstream.sent(hop === "token exchange" ? "/oauth2/" : "/msi/");
    expect(hung.map(({ abortSignal }) => abortSignal?.aborted)).toEqual(hung.map(() => true));
    expect(hung.length).toBeGreaterThan(1);
  },
);

test("reads the identity header anew for each request, because the platform rotates it", async () => {
  await getToken(tenantA);
  vi.stubEnv("IDENTITY_HEADER", "rotated-header");
  tokens = crossTenantTokens();
  await getToken(tenantA);
  const headers = upstream.sent("/msi/token").map((request) => request.headers);
  expect(headers.map((header) => header.get("x-identity-header"))).toEqual([
    "canary-header",
    "rotated-header",
  ]);
});

test.each<[string, Answer]>([
  ["refuses", refusal("invalid_client", `AADSTS50027: bad token ${assertion}`)],
  ["drops the connection", "reset"],
  ["hangs", "hang"],
  ["answers without a token", { status: 200, body: { message: assertion } }],
])("never puts the identity's token into an error of a login that %s", async (_case, answer) => {
  upstream.login = answer;
  expect(await inspectedFailure()).not.toContain("canary");
});

test("never puts an identity's token that is no JWT into the error of a login that repeats it", async () => {
  upstream.identity = { status: 200, body: { ...tokenBody(), access_token: "canary+opaque/=" } };
  upstream.login = refusal("invalid_client", "AADSTS50027: bad token canary+opaque/=");
  const failure = await inspectedFailure();
  expect(failure).toContain("AADSTS50027: bad token (token removed)");
  expect(failure).not.toContain("canary");
});

test.each<[string, Answer]>([
  ["refuses", { status: 400, body: { message: "bad header canary-header" } }],
  ["drops the connection", "reset"],
  ["hangs", "hang"],
  ["answers without a token", { status: 200, body: { message: `canary-header ${assertion}` } }],
])("never puts the identity header into an error of an endpoint that %s", async (_case, answer) => {
  upstream.identity = answer;
  expect(await inspectedFailure()).not.toContain("canary");
});

/** All that a log could show of the error that a caller gets. */
async function inspectedFailure(): Promise<string> {
  const error = await getToken(tenantA).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TokenError);
  return inspect(error, { depth: 20, showHidden: true });
}

/** The identity endpoint's answer. The SDK reads the real clock; only the cache's own is the test's. */
function tokenBody() {
  const expiresOn = Math.floor(Date.now() / 1000) + 86_400;
  return { access_token: assertion, expires_on: String(expiresOn), token_type: "Bearer" };
}

/** The module as the site uses it, with an identity of its own. */
function crossTenantTokens(): CrossTenantTokens {
  return createCrossTenantTokens({
    identityCredential: managedIdentityCredential(randomUUID()),
    identityScope: "api://AzureADTokenExchange/.default",
    tenantCredential: clientAssertionCredential({
      clientId: "aaaaaaaa-0000-4000-8000-00000000000a",
      authorityHost: "https://login.example",
    }),
    httpClient: upstream,
    clock,
    random: () => 0,
  });
}

function refusal(error: string, description: string): Answer {
  const [trace_id, correlation_id] = [randomUUID(), randomUUID()];
  const ids = `Trace ID: ${trace_id} Correlation ID: ${correlation_id} Timestamp: 2026-01-01 00:00:00Z`;
  const body = { error, error_description: `${description} ${ids}`, trace_id, correlation_id };
  return { status: 401, body };
}
