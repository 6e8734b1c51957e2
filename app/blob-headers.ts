import type { Context } from "hono";
import { AppError } from "./app-error.ts";
import type { Conditions } from "./target-store.ts";

/** Under which conditions a blob is to be changed; AppError 400 for what storage would not understand. */
export function conditionsOf(c: Context): Conditions {
  const ifMatch = entityTag(c, "if-match");
  const ifNoneMatch = entityTag(c, "if-none-match");
  return { ...(ifMatch && { ifMatch }), ...(ifNoneMatch && { ifNoneMatch }) };
}

/** The MD5 that the body shall have, in base64 (RFC 1864); undefined when the caller names none. */
export function md5Of(c: Context): string | undefined {
  const md5 = c.req.header("content-md5");
  if (md5 === undefined || /^[A-Za-z0-9+/]{22}==$/.test(md5)) return md5;
  throw badHeader("content-md5", md5, "must be the 16 bytes of an MD5 in base64");
}

/** A part of a blob would replace the whole of it (RFC 9110, 14.5). */
export function refusePart(c: Context): void {
  const range = c.req.header("content-range");
  if (range === undefined) return;
  throw badHeader("content-range", range, "is not taken; send the whole blob");
}

// Storage takes one tag or "*" (learn.microsoft.com "Specifying conditional headers for Blob service operations").
function entityTag(c: Context, header: string): string | undefined {
  const value = c.req.header(header);
  if (value === undefined || /^(\*|"[\x21\x23-\x7e]*")$/.test(value)) return value;
  throw badHeader(header, value, 'must be * or one entity tag such as "0x8D"');
}

function badHeader(header: string, value: string, allowed: string): AppError {
  return new AppError(
    400,
    "ERR_BAD_HEADER",
    `${header} is ${JSON.stringify(value)}: it ${allowed}`,
  );
}
