import { expect, test } from "vitest";
import { parseBlobName, requireWritableName } from "../../app/blob-name.ts";

test.each([
  ["report.csv", "report.csv"],
  ["a%2Fb%2Fc.txt", "a/b/c.txt"],
  ["a/b%2fc.txt", "a/b/c.txt"],
  ["a%2F", "a/"],
  ["a//b", "a//b"],
  ["report.", "report."],
  ["100%25", "100%"],
  ["%252F", "%2F"],
  ["%E4%BD%A0%20x", "你 x"],
  ["%F0%9F%93%84", "📄"],
  ["x".repeat(1024), "x".repeat(1024)],
])("decodes %s exactly once", (segment, name) => {
  expect(parseBlobName(segment)).toBe(name);
});

test.each([
  ["", "0 characters"],
  ["x".repeat(1025), "1025 characters"],
  ["%E0%A4%A", "not valid percent-encoded UTF-8"],
  ["a%00b", "control character"],
  ["a%0D%0Ab", "control character"],
  ["%EE%80%80", "code point without a meaning"],
  ["a%5Cb", "backslash"],
  ["..", "nothing but dots"],
  ["a%2F..%2Fb", "nothing but dots"],
  ["a/./b", "nothing but dots"],
  [Array(255).fill("a").join("%2F"), "255 segments"],
])("refuses %s", (segment, text) => {
  expect(() => parseBlobName(segment)).toThrow(
    expect.objectContaining({
      status: 400,
      code: "ERR_BAD_BLOB_NAME",
      message: expect.stringContaining(text),
    }),
  );
});

test.each([
  ["a.", "ends with a dot"],
  ["a./b", "ends with a dot"],
  ["a/", "empty segment"],
  ["a//b", "empty segment"],
  ["/a", "empty segment"],
])("refuses to make %s", (name, text) => {
  expect(() => requireWritableName(name)).toThrow(
    expect.objectContaining({
      status: 400,
      code: "ERR_BAD_BLOB_NAME",
      message: expect.stringContaining(text),
    }),
  );
});

test("makes any other name", () => {
  expect(() => requireWritableName("2026/.hidden/a.txt")).not.toThrow();
});
