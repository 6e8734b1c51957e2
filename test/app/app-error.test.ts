import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TokenError, type TokenErrorCode } from "cross-tenant-tokens";
import { AppError, toAppError } from "../../app/app-error.ts";

test.each<[TokenErrorCode, number]>([
  ["ERR_MANAGED_IDENTITY", 502],
  ["ERR_TOKEN_EXCHANGE", 502],
  ["ERR_UPSTREAM_UNAVAILABLE", 503],
  ["ERR_UPSTREAM_DEADLINE", 504],
])("answers the token error %s with %d, its hop and what upstream said", (code, status) => {
  const details = { upstreamStatus: 429, traceId: "trace", network: "ECONNRESET" };
  const cause = new TokenError("managed identity", code, "because", details);
  const error = toAppError(cause);
  expect(error).toMatchObject({ status, cause });
  expect(error.toJSON()).toEqual({
    code,
    message: "managed identity: because",
    hop: "managed identity",
    ...details,
  });
});

test.each([
  [429, 0, 1],
  [503, 400, 1],
  [503, 61_000, 61],
  [502, 5_000, undefined],
  [504, 5_000, undefined],
] as const)("asks with a %d and %d ms to come back after %s s", (status, retryAfterMs, seconds) => {
  const error = new AppError(status, "ERR_TOO_MANY_REQUESTS", "later", {}, { retryAfterMs });
  expect(error.retryAfterSeconds).toBe(seconds);
});

test("does not take a caller that left for an error of the site", () => {
  const error = toAppError(new DOMException("This operation was aborted", "AbortError"));
  expect({ status: error.status, ...error.toJSON() }).toEqual({
    status: 503,
    code: "ERR_CALLER_GONE",
    message: "the caller left before the answer",
  });
});

test("keeps what nobody foresaw inside", () => {
  const cause = new Error("secret");
  const error = toAppError(cause);
  expect(error).toMatchObject({ status: 500, cause });
  expect(error.toJSON()).toEqual({
    code: "ERR_INTERNAL",
    message: "internal error, see the log",
  });
});

test("has every code in the site's README", () => {
  const codes = [...read("../../app/app-error.ts").matchAll(/\| "(ERR_\w+)"/g)].map(
    ([, code]) => code,
  );
  const documented = [...read("../../app/README.md").matchAll(/^\| `(ERR_\w+)`/gm)].map(
    ([, code]) => code,
  );
  expect(documented.sort()).toEqual(codes.sort());
});

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}
