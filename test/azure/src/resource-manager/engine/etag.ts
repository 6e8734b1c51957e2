import { createHash } from "node:crypto";
import type { Resource } from "../../world/resource-records.ts";
import { ManagementError } from "./errors.ts";

/** The entity tag of a resource as it now is. */
export function etagOf({ properties, tags }: Resource): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([properties, tags]))
    .digest("hex");
  return `"0x${hash.slice(0, 15).toUpperCase()}"`;
}

/**
 * Throws unless the resource is as `If-Match` or `If-None-Match` wants it (RFC 9110 section 13.1); undefined for one that
 * does not exist. Resource Manager's code and text are unverified.
 */
export function requireMatch(headers: Headers, resource: Resource | undefined): void {
  const etag = resource === undefined ? undefined : etagOf(resource);
  const [match, noneMatch] = [headers.get("if-match"), headers.get("if-none-match")];
  if (match !== null && !names(match, etag)) throw notMet("If-Match", match);
  if (noneMatch !== null && names(noneMatch, etag)) throw notMet("If-None-Match", noneMatch);
}

/** Throws 501 for a write with a condition on a type that is not known to look at it. */
export function refuseConditions(headers: Headers, method: string, path: string): void {
  if (method === "GET" || method === "HEAD") return;
  for (const name of ["if-match", "if-none-match"])
    if (headers.has(name))
      throw new ManagementError(
        501,
        "NotImplemented",
        `${method} ${path} with the header ${name} is not emulated`,
      );
}

function names(list: string, etag: string | undefined): boolean {
  if (etag === undefined) return false;
  return list.split(",").some((one) => ["*", etag, `W/${etag}`].includes(one.trim()));
}

function notMet(header: string, value: string): ManagementError {
  return new ManagementError(
    412,
    "PreconditionFailed",
    `The condition '${header}: ${value}' is not met by the resource's current state.`,
  );
}
