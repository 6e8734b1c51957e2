import type { RequestListener } from "node:http";
import { Readable } from "node:stream";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AppError } from "../../../app/app-error.ts";
import type { TargetStore } from "../../../app/target-store.ts";
import { openStore, refusal, StubStorage } from "./stub-storage.ts";
import { StubTokens } from "./stub-tokens.ts";

// The storage client is real.
let storage: StubStorage;
let store: TargetStore;
const { signal } = new AbortController();
const jwt = `eyJhbGciOiJSUzI1NiJ9.${"e30".repeat(10)}.signature`;

beforeEach(async () => {
  storage = new StubStorage();
  await storage.listen();
  store = openStore(storage.target(), new StubTokens());
});
afterEach(() => storage.close());

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error("no AppError", { cause: error });
}

function xml(status: number, body: string): RequestListener {
  return (_request, response) =>
    response.writeHead(status, { "content-type": "application/xml" }).end(body);
}

function listOf(properties: string): RequestListener {
  const blob = `<Blob><Name>a</Name><Properties>${properties}</Properties></Blob>`;
  return xml(200, `<EnumerationResults><Blobs>${blob}</Blobs><NextMarker/></EnumerationResults>`);
}

const chunked: RequestListener = (_request, response) => {
  response.write("a");
  response.end("b");
};
const redirect: RequestListener = (_request, response) =>
  response.writeHead(302, { location: "http://127.0.0.2:1/" }).end();

test.each<[string, RequestListener, "list" | "read"]>([
  ["a page for people", xml(200, "<html><body>sign in</body></html>"), "list"],
  ["an empty body", xml(200, ""), "list"],
  ["broken XML", xml(200, "<EnumerationResults><Blobs>"), "list"],
  ["a date that is none", listOf("<Last-Modified>soon</Last-Modified>"), "list"],
  ["no date", listOf(""), "list"],
  ["a blob without its length", chunked, "read"],
  ["204", xml(204, ""), "read"],
  ["a redirection to elsewhere", redirect, "read"],
])("refuses %s in place of storage's answer", async (_what, answer, operation) => {
  storage.answers = [answer];
  const work = operation === "list" ? store.list(1, undefined, signal) : store.read("a", signal);
  const error = await failureOf(work);
  expect(error).toMatchObject({
    status: 502,
    code: "ERR_STORAGE_UNREACHABLE",
    message: `storage: ${storage.target().blobEndpoint} answered something else than Azure Storage does`,
    details: { hop: "storage", foreignAnswer: true },
  });
  expect(storage.requests).toHaveLength(1);
});

test("refuses a success of the wrong kind for an upload as well", async () => {
  storage.answers = [xml(200, "")];
  const body = Readable.from([Buffer.from("x")], { objectMode: false });
  expect(await failureOf(store.write("a", body, "text/plain", {}, signal))).toMatchObject({
    code: "ERR_STORAGE_UNREACHABLE",
    message: expect.stringContaining("answered something else than Azure Storage does"),
    details: { hop: "storage", upstreamStatus: 200, foreignAnswer: true },
  });
});

test("leaves the error of an upload's own body as it is", async () => {
  storage.answers = [xml(201, "")];
  const own = new TypeError("the caller's body");
  const body = Readable.from(failing(own), { objectMode: false });
  await expect(store.write("a", body, "text/plain", {}, signal)).rejects.toBe(own);
});

test.each<[string, RequestListener]>([
  [
    "a refusal",
    (request, response) =>
      refusal(
        401,
        "InvalidAuthenticationInfo",
        {},
        `bad ${request.headers.authorization} ${jwt}`,
      )(request, response),
  ],
  ["no answer", (request) => request.socket.destroy()],
  [
    "a foreign answer",
    (request, response) => xml(200, `${request.headers.authorization} ${jwt}`)(request, response),
  ],
  [
    "a code that repeats the token",
    ({ headers }, response) =>
      response.writeHead(409, { "x-ms-error-code": `${headers.authorization} ${jwt}` }).end(),
  ],
])("keeps no token and no request in the error of %s", async (_what, answer) => {
  storage.answers = [answer];
  const error = await failureOf(store.list(1, undefined, signal));
  expect(storage.requests[0]).toContain("Bearer canary-1");
  const { cause } = error;
  expect(cause).toBeInstanceOf(Error);
  expect(Reflect.get(Object(cause), "request")).toBeUndefined();
  for (const kept of [error, cause]) {
    const shown = inspect(kept, { depth: 20, showHidden: true });
    expect(shown).not.toContain("canary");
    expect(shown).not.toContain("eyJ");
  }
});

test("tells storage's reason without the tokens in it", async () => {
  storage.answers = [refusal(401, "InvalidAuthenticationInfo", {}, `not canary-2, ${jwt}`)];
  expect((await failureOf(store.read("a", signal))).details.authenticationDetail).toBe(
    "not (token removed), (token removed)",
  );
});

test("cuts what storage says to a thousand characters", async () => {
  storage.answers = [refusal(401, "Code".repeat(2_000), {}, "x".repeat(500_000))];
  const error = await failureOf(store.read("a", signal));
  expect(error.details.azureCode).toBe("Code".repeat(250));
  expect(error.details.authenticationDetail).toBe("x".repeat(1_000));
  expect(error.message.length).toBeLessThan(1_200);
  expect(String(error.cause).length).toBeLessThan(1_100);
});

test("tells storage's id of the request", async () => {
  storage.answers = [refusal(403, "AuthorizationFailure", { "x-ms-request-id": "request-1" })];
  const error = await failureOf(store.read("a", signal));
  expect(error.toJSON()).toEqual({
    code: "ERR_STORAGE_REFUSED",
    message: `storage: ${storage.target().blobEndpoint} refused with 403 AuthorizationFailure`,
    hop: "storage",
    upstreamStatus: 403,
    azureCode: "AuthorizationFailure",
    requestId: "request-1",
  });
});

async function* failing(error: Error): AsyncGenerator<Uint8Array> {
  yield Buffer.from("x");
  throw error;
}
