import { EntraRefusal } from "./entra-refusal.ts";

/** Scopes of OpenID Connect, which ask for no resource. MSAL for Go adds them to every request, of an application too. */
const OPENID_SCOPES = ["openid", "offline_access", "profile"];

/**
 * A client credentials scope is one resource with `/.default` appended (v2-oauth2-client-creds-grant-flow, `scope`), and
 * OpenID Connect's beside it are ignored; returns the resource. AADSTS1002012, text observed.
 */
export function requireDefaultScope(scope: string): string {
  const asked = scope.split(" ").filter((name) => !OPENID_SCOPES.includes(name));
  const resource = /^(\S+)\/\.default$/.exec(asked.join(" "))?.[1];
  if (resource !== undefined) return resource;
  throw new EntraRefusal(
    1002012,
    400,
    "invalid_scope",
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with ` +
      "/.default suffixed to the resource identifier (application ID URI).",
  );
}
