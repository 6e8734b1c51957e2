import { EntraRefusal } from "../entra-refusal.ts";

/**
 * A client credentials scope is one resource with `/.default` appended (v2-oauth2-client-creds-grant-flow, `scope`);
 * returns the resource. AADSTS1002012, text observed.
 */
export function requireDefaultScope(scope: string): string {
  const resource = /^(\S+)\/\.default$/.exec(scope)?.[1];
  if (resource !== undefined) return resource;
  throw new EntraRefusal(
    1002012,
    400,
    "invalid_scope",
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with ` +
      "/.default suffixed to the resource identifier (application ID URI).",
  );
}
