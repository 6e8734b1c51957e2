import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { beforeEach, expect, test } from "vitest";
import { TokenError } from "cross-tenant-tokens";
import { AppError } from "../../app/app-error.ts";
import { settled } from "../../app/token/test/manual-clock.ts";
import { createSite, type Site } from "./site.ts";

let site: Site;
beforeEach(() => {
  site = createSite();
});

const blob = "/api/targets/invoices/blobs/a";

function put(path: string, body: BodyInit, headers: Record<string, string> = {}) {
  return site.json(path, { method: "PUT", body, headers });
}

function refusal(status: number, code: string, message: string) {
  return { status, body: { error: { code, message: expect.stringContaining(message) } } };
}

test("writes, lists, reads and deletes a blob", async () => {
  const path = "/api/targets/invoices/blobs/eu%2F%252F%20a.txt";
  expect(await put(path, "hello", { "content-type": "text/plain" })).toEqual({
    status: 201,
    body: { target: "invoices", blob: "eu/%2F a.txt" },
  });
  expect(site.invoices.blobs.get("eu/%2F a.txt")?.contentType).toBe("text/plain");
  expect(await site.json("/api/targets/invoices/blobs")).toEqual({
    status: 200,
    body: {
      target: "invoices",
      blobs: [{ name: "eu/%2F a.txt", bytes: 5, lastModified: "2026-01-01T00:00:00.000Z" }],
    },
  });
  expect(await (await site.app.request(path)).text()).toBe("hello");
  expect((await site.app.request(path, { method: "DELETE" })).status).toBe(204);
  expect(site.invoices.blobs.size).toBe(0);
});

test("takes a slash of the name encoded or not, for the same blob", async () => {
  const path = "/api/targets/invoices/blobs/2026/q%201%2Fjan.pdf";
  expect(await put(path, "hello")).toMatchObject({
    status: 201,
    body: { blob: "2026/q 1/jan.pdf" },
  });
  for (const same of ["2026%2Fq%201%2Fjan.pdf", "2026/q%201/jan.pdf"]) {
    const response = await site.app.request(`/api/targets/invoices/blobs/${same}`);
    expect(await response.text()).toBe("hello");
    expect(response.headers.get("content-disposition")).toBe(
      "attachment; filename*=UTF-8''jan.pdf",
    );
  }
});

test.each(["folder/", "a//b", "report."])(
  "reads and deletes %s, which others wrote, and does not write it",
  async (name) => {
    site.invoices.blobs.set(name, { bytes: Buffer.from("theirs"), contentType: "text/plain" });
    const path = `/api/targets/invoices/blobs/${name}`;
    expect(await put(path, "ours")).toEqual(refusal(400, "ERR_BAD_BLOB_NAME", "bad blob name"));
    expect(await (await site.app.request(path)).text()).toBe("theirs");
    expect((await site.app.request(path, { method: "DELETE" })).status).toBe(204);
    expect(site.invoices.blobs.size).toBe(0);
  },
);

test("sends what a tenant stores as a harmless attachment", async () => {
  await put("/api/targets/invoices/blobs/eu%2F%22%3B%20x%3D'1'.html", "<script>", {
    "content-type": "text/html",
  });
  const response = await site.app.request("/api/targets/invoices/blobs/eu%2F%22%3B%20x%3D'1'.html");
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": "attachment; filename*=UTF-8''%22%3B%20x%3D%271%27.html",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "content-length": "8",
    etag: '"1"',
  });
});

test("lists in pages", async () => {
  for (const name of ["a", "b", "c"]) await put(`/api/targets/invoices/blobs/${name}`, name);
  const first = await site.json("/api/targets/invoices/blobs?limit=2");
  expect(first.body).toMatchObject({
    blobs: [{ name: "a" }, { name: "b" }],
    continuation: "2",
  });
  const last = await site.json("/api/targets/invoices/blobs?limit=2&continuation=2");
  expect(last.body).toEqual({
    target: "invoices",
    blobs: [{ name: "c", bytes: 1, lastModified: "2026-01-01T00:00:00.000Z" }],
  });
});

test.each(["0", "1001", "ten", "-1"])("refuses a page of %s blobs", async (limit) => {
  expect(await site.json(`/api/targets/invoices/blobs?limit=${limit}`)).toEqual(
    refusal(400, "ERR_BAD_QUERY", "limit must be 1 to 1000"),
  );
});

test("never touches another target than the one that was named", async () => {
  await put(blob, "x");
  await site.app.request(blob);
  await site.json("/api/targets/invoices/blobs");
  await site.app.request(blob, { method: "DELETE" });
  expect(site.invoices.calls).toEqual(["write a", "read a", "list 100 -", "remove a"]);
  expect(site.photos.calls).toEqual([]);
});

test.each(["GET", "PUT", "DELETE"])("refuses %s on an unknown target", async (method) => {
  expect(await site.json("/api/targets/secrets/blobs/a", { method })).toEqual(
    refusal(404, "ERR_UNKNOWN_TARGET", "no such target"),
  );
  expect([...site.invoices.calls, ...site.photos.calls]).toEqual([]);
});

test.each(["GET", "DELETE"])("refuses %s of an unknown blob", async (method) => {
  expect(await site.json(blob, { method })).toEqual(
    refusal(404, "ERR_UNKNOWN_BLOB", "no such blob"),
  );
});

test.each(["a%00", "%E0%A4%A", "a%2F..%2Fb"])("refuses the blob name %s", async (name) => {
  expect(await put(`/api/targets/invoices/blobs/${name}`, "x")).toEqual(
    refusal(400, "ERR_BAD_BLOB_NAME", "bad blob name"),
  );
  expect(site.invoices.calls).toEqual([]);
});

test("refuses a blob whose announced length is over the limit before reading it", async () => {
  const answer = await put(blob, "x".repeat(101), { "content-length": "101" });
  expect(answer).toEqual(refusal(413, "ERR_BLOB_TOO_LARGE", "larger than 100 bytes"));
  expect(site.invoices.calls).toEqual([]);
});

test("refuses a blob of unannounced length over the limit and stores nothing", async () => {
  const body = new ReadableStream({
    pull(controller) {
      controller.enqueue(Buffer.alloc(60));
    },
  });
  const request = { method: "PUT", body, duplex: "half" } as const;
  const answer = await site.json(blob, request);
  expect(answer).toEqual(refusal(413, "ERR_BLOB_TOO_LARGE", "larger than 100 bytes"));
  expect(site.invoices.blobs.size).toBe(0);
});

test("takes a blob of exactly the limit", async () => {
  expect((await put(blob, "x".repeat(100))).status).toBe(201);
});

test("refuses an upload whose sender leaves in the middle, and stores nothing", async () => {
  const body = new ReadableStream({
    pull(controller) {
      controller.error(new Error("aborted"));
    },
  });
  const request = { method: "PUT", body, duplex: "half" } as const;
  expect(await site.json(blob, request)).toEqual(
    refusal(400, "ERR_BODY_INCOMPLETE", "ended before it was complete"),
  );
  expect(site.invoices.blobs.size).toBe(0);
});

test("refuses more requests to a target than fit, and leaves the other target alone", async () => {
  const gate = Promise.withResolvers<void>();
  site.invoices.before = () => gate.promise;
  const held = [site.json("/api/targets/invoices/blobs"), site.json("/api/targets/invoices/blobs")];
  await settled();
  const refused = await site.app.request(blob);
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(await refused.json()).toEqual(
    refusal(429, "ERR_TOO_MANY_REQUESTS", '2 requests to target "invoices" are in flight').body,
  );
  expect((await site.json("/api/targets/photos/blobs")).status).toBe(200);
  gate.resolve();
  for (const answer of await Promise.all(held)) expect(answer.status).toBe(200);
  expect((await site.json("/api/targets/invoices/blobs")).status).toBe(200);
});

test("gives its slot back after every kind of refusal and after a download nobody finished", async () => {
  await put(blob, "x".repeat(100));
  for (let round = 0; round < 3; round += 1) {
    await put(blob, "x".repeat(101));
    await site.json("/api/targets/invoices/blobs/missing");
    await (await site.app.request(blob)).body?.cancel();
    await settled();
  }
  expect((await site.json("/api/targets/invoices/blobs")).status).toBe(200);
  expect(site.clock.timers).toBe(0);
});

test.each(["GET", "PUT", "DELETE"])(
  "refuses %s at the deadline when storage hangs",
  async (method) => {
    site.invoices.before = () => new Promise(() => undefined);
    const body = method === "PUT" ? { body: "x" } : {};
    const answer = site.json(blob, { method, ...body });
    await settled();
    await site.clock.advance(30_000);
    expect(await answer).toEqual({
      status: 504,
      body: {
        error: {
          code: "ERR_UPSTREAM_DEADLINE",
          hop: "storage",
          message: "storage: nothing moved for 30 s",
          explanation: {
            cause: expect.stringContaining("nothing moved between the site and https://contoso."),
            fix: expect.stringContaining("allow outbound https"),
          },
        },
      },
    });
    expect(site.clock.timers).toBe(0);
  },
);

test("breaks a download off when storage stops in the middle", async () => {
  site.invoices.read = () => {
    const body = new Readable({ read: () => undefined });
    body.push("half");
    return Promise.resolve({ body, bytes: 8 });
  };
  const response = await site.app.request(blob);
  const text = expect(response.text()).rejects.toThrow();
  await settled();
  await site.clock.advance(30_000);
  await text;
  expect(site.log).toContainEqual({ event: "download broken", target: "invoices" });
});

test("names hop, AADSTS number and ids when the exchange is refused", async () => {
  const details = { aadsts: 700213, upstreamStatus: 401, traceId: "t", correlationId: "c" };
  site.invoices.before = () =>
    Promise.reject(
      new TokenError("token exchange", "ERR_TOKEN_EXCHANGE", "AADSTS700213: No match", details),
    );
  expect(await site.json(blob)).toEqual({
    status: 502,
    body: {
      error: {
        code: "ERR_TOKEN_EXCHANGE",
        message: "token exchange: AADSTS700213: No match",
        hop: "token exchange",
        ...details,
        explanation: {
          cause: expect.stringContaining("subject is not this site's identity"),
          fix: expect.stringContaining("pulumi up --refresh"),
        },
      },
    },
  });
});

test.each([
  ["managed identity", "ERR_MANAGED_IDENTITY", 502, "the identity endpoint gave no token"],
  ["managed identity", "ERR_UPSTREAM_UNAVAILABLE", 503, "the identity endpoint could not fetch"],
  ["managed identity", "ERR_UPSTREAM_DEADLINE", 504, "the identity endpoint gave no token"],
  ["token exchange", "ERR_UPSTREAM_DEADLINE", 504, "https://login.microsoftonline.com gave no"],
] as const)("refuses when the %s hop ends with %s", async (hop, code, status, cause) => {
  site.invoices.before = () => Promise.reject(new TokenError(hop, code, "why"));
  expect(await site.json(blob)).toEqual({
    status,
    body: {
      error: {
        code,
        hop,
        message: `${hop}: why`,
        explanation: { cause: expect.stringContaining(cause), fix: expect.any(String) },
      },
    },
  });
});

test("passes storage's refusal on with Azure's code", async () => {
  const details = {
    hop: "storage",
    upstreamStatus: 403,
    azureCode: "AuthorizationFailure",
  } as const;
  site.invoices.before = () =>
    Promise.reject(new AppError(502, "ERR_STORAGE_REFUSED", "storage: refused", details));
  expect(await site.json(blob)).toEqual({
    status: 502,
    body: {
      error: {
        code: "ERR_STORAGE_REFUSED",
        message: "storage: refused",
        ...details,
        explanation: {
          cause: expect.stringContaining("network rules of the storage account https://contoso."),
          fix: expect.stringContaining("lets the site's outbound addresses in"),
        },
      },
    },
  });
});

test("answers what nobody foresaw with 500 and keeps it in the log", async () => {
  site.invoices.before = () => Promise.reject(new TypeError("canary-internal"));
  expect(await site.json(blob)).toEqual({
    status: 500,
    body: { error: { code: "ERR_INTERNAL", message: "internal error, see the log" } },
  });
  expect(site.log.at(-1)).toMatchObject({
    status: 500,
    code: "ERR_INTERNAL",
    stack: expect.stringContaining("canary-internal"),
  });
});

test("hands the conditions of a write and of a removal on", async () => {
  const tag = '"0x8DD"';
  expect((await put(blob, "a", { "if-none-match": "*" })).status).toBe(201);
  expect((await put(blob, "b", { "if-match": tag })).status).toBe(201);
  const headers = { "if-match": tag };
  expect((await site.app.request(blob, { method: "DELETE", headers })).status).toBe(204);
  expect(site.invoices.calls).toEqual([
    "write a ifNoneMatch *",
    `write a ifMatch ${tag}`,
    `remove a ifMatch ${tag}`,
  ]);
});

test.each([
  ["if-match", '"a", "b"', 'must be * or one entity tag such as "0x8D"'],
  ["if-none-match", "a", "must be * or one entity tag"],
  ["content-range", "bytes 5-9/10", "is not taken; send the whole blob"],
  ["content-md5", "abc", "must be the 16 bytes of an MD5 in base64"],
])("refuses a write whose %s is %s, and writes nothing", async (header, value, allowed) => {
  const answer = await put(blob, "text", { [header]: value });
  const message = `${header} is ${JSON.stringify(value)}: it ${allowed}`;
  expect(answer).toEqual(refusal(400, "ERR_BAD_HEADER", message));
  expect(site.invoices.calls).toEqual([]);
});

test("takes a body that is as its MD5 says, and refuses another without writing it", async () => {
  const headers = { "content-md5": createHash("md5").update("text").digest("base64") };
  expect((await put(blob, "text", headers)).status).toBe(201);
  expect(await put(blob, "test", headers)).toEqual(
    refusal(400, "ERR_BAD_HEADER", "the request's body is not what its content-md5 says"),
  );
  expect(site.invoices.blobs.get("a")?.bytes.toString()).toBe("text");
});
