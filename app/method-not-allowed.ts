import type { Context } from "hono";
import { AppError } from "./app-error.ts";

/** A handler that refuses the method and names the allowed ones (RFC 9110 section 15.5.6). */
export function methodNotAllowed(allowed: string): (c: Context) => never {
  return (c) => {
    c.header("allow", allowed);
    throw new AppError(405, "ERR_METHOD_NOT_ALLOWED", `allowed here: ${allowed}`);
  };
}
