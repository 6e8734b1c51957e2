import type { Route } from "../service/route.ts";

const protocol = "entra/identity-platform";

/** The login endpoint, as entra.ts registers it. */
export const entraRoutes: readonly Route[] = [
  answered("GET", "/common/discovery/instance", "v2-protocols-oidc"),
  answered("GET", "/{tenant}/v2.0/.well-known/openid-configuration", "v2-protocols-oidc"),
  answered("GET", "/{tenant}/.well-known/openid-configuration", "v2-protocols-oidc"),
  answered("GET", "/{tenant}/discovery/v2.0/keys", "access-tokens"),
  answered("GET", "/{tenant}/discovery/keys", "access-tokens"),
  token("/{tenant}/oauth2/v2.0/token"),
  token("/{tenant}/oauth2/token"),
  refused("GET", "/consumers/{path}"),
  refused("GET", "/{tenant}/oauth2/v2.0/authorize"),
  refused("POST", "/{tenant}/oauth2/v2.0/devicecode"),
];

function answered(method: Route["method"], path: string, page: string): Route {
  return { method, path, supported: "yes", document: `${protocol}/${page}`, verified: "document" };
}

function token(path: string): Route {
  return {
    method: "POST",
    path,
    supported: "partly",
    missing: "every grant but client credentials with a client assertion",
    document: `${protocol}/v2-oauth2-client-creds-grant-flow`,
    verified: "observed",
  };
}

function refused(method: Route["method"], path: string): Route {
  return {
    method,
    path,
    supported: "no",
    document: `${protocol}/v2-oauth2-auth-code-flow`,
    verified: "document",
  };
}
