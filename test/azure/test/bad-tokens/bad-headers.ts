import type { BearerRefusal } from "../../src/world/tokens/bearer.ts";

/** An Authorization header that has a good token in it, or none; undefined leaves the header out. */
export interface BadHeader {
  readonly name: string;
  readonly reason: BearerRefusal;
  readonly of: (token: string) => string | undefined;
}

/** RFC 9110 section 11.6.2, RFC 6750 section 2.1: one scheme, a space, one token. */
export const badHeaders: readonly BadHeader[] = [
  { name: "no header", reason: "missing", of: () => undefined },
  { name: "an empty header", reason: "missing", of: () => "" },
  { name: "a scheme without token", reason: "no-token", of: () => "Bearer" },
  { name: "a scheme and a space", reason: "no-token", of: () => "Bearer " },
  { name: "a token without scheme", reason: "scheme", of: (token) => token },
  { name: "the scheme twice", reason: "scheme", of: (token) => `Bearer Bearer ${token}` },
  { name: "a second token", reason: "scheme", of: (token) => `Bearer ${token} ${token}` },
  // How two Authorization headers arrive: joined (RFC 9110 section 5.3).
  { name: "two headers", reason: "scheme", of: (token) => `Bearer ${token}, Bearer ${token}` },
  { name: "a tab for the space", reason: "scheme", of: (token) => `Bearer\t${token}` },
  { name: "an equals sign for the space", reason: "scheme", of: (token) => `Bearer=${token}` },
  { name: "the scheme Negotiate", reason: "scheme", of: (token) => `Negotiate ${token}` },
  { name: "the scheme PoP", reason: "scheme", of: (token) => `PoP ${token}` },
  { name: "a token in quotes", reason: "malformed", of: (token) => `Bearer "${token}"` },
  { name: "a comma at the end", reason: "malformed", of: (token) => `Bearer ${token},` },
  {
    name: "a megabyte",
    reason: "malformed",
    of: () => `Bearer ${"a".repeat(1024 * 1024)}`,
  },
];
