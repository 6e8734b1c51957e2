import { expect } from "vitest";
import { failure } from "../storage-world.ts";

const failed =
  "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.";

/** Expects 403 with the code, and the text as its authentication error detail where it has one. */
export async function expectRefusedSignature(
  response: Response,
  code: string,
  text: string | RegExp,
): Promise<void> {
  const xml = await failure(response);
  expect([response.status, xml]).toEqual([403, expect.stringContaining(`<Code>${code}</Code>`)]);
  if (code === "AuthenticationFailed") expect(xml).toContain(failed);
  const detail = /<AuthenticationErrorDetail>(.*)<\/AuthenticationErrorDetail>/s.exec(xml)?.[1];
  if (typeof text === "string") expect(detail ?? xml).toContain(text);
  else expect(detail).toMatch(text);
}
