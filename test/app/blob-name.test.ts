import { expect, test } from "vitest";
import { parseBlobName } from "../../app/blob-name.ts";

test.each([
  ["report.csv", "report.csv"],
  ["a%2Fb%2Fc.txt", "a/b/c.txt"],
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
  ["..", "ends with a dot"],
  ["a%2F..%2Fb", "ends with a dot"],
  ["a.", "ends with a dot"],
  ["a%2F", "empty segment"],
  ["a%2F%2Fb", "empty segment"],
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
