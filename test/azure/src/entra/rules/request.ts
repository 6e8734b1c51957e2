import { EntraError } from "./errors.ts";

/** A client credentials request (learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow). */
export interface TokenRequest {
  /** As it stands in the path. */
  readonly tenant: string;
  /** Of the endpoint: 1 takes a `resource`, 2 a `scope`. It does not decide the version of the token; the resource does. */
  readonly version: 1 | 2;
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

/** No parameter is sent more than once (RFC 6749 section 3.2). AADSTS9000411, text observed. */
export function requireParametersOnce(form: URLSearchParams): void {
  const names = [...form.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return;
  throw new EntraError(
    9000411,
    400,
    "invalid_request",
    `The request is not properly formatted. The parameter '${repeated}' is duplicated.`,
  );
}

/** The fields of a client credentials request with a federated credential. */
export interface TokenForm {
  readonly clientId: string;
  /** The `scope` of a v2.0 request, the `resource` of a v1.0 one. */
  readonly target: string;
  readonly assertion: string;
}

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * The form has the fields of "Third case: access token request with a federated credential"
 * (v2-oauth2-client-creds-grant-flow), and nothing that is a client secret. Unknown fields are ignored, as clients send many.
 */
export function requireForm({ form, authorization, version }: TokenRequest): TokenForm {
  const grantType = field(form, "grant_type");
  if (grantType !== "client_credentials") {
    // AADSTS70003, from the error codes reference; its full text is unverified.
    throw new EntraError(
      70003,
      400,
      "unsupported_grant_type",
      `The app requested an unsupported grant type '${grantType}'.`,
    );
  }
  const clientId = field(form, "client_id");
  const target = version === 1 ? field(form, "resource") : scopeOf(form);
  if (form.has("client_secret") || authorization !== undefined) throw secretRefused(clientId);
  const assertion = form.get("client_assertion");
  if (assertion === null || assertion === "") {
    throw new EntraError(
      7000216,
      401,
      "invalid_client",
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
    );
  }
  if (field(form, "client_assertion_type") !== JWT_BEARER) throw missing("client_assertion_type");
  return { clientId, target, assertion };
}

/** A missing scope has a code of its own: AADSTS90014, text observed. */
function scopeOf(form: URLSearchParams): string {
  const scope = form.get("scope");
  if (scope) return scope;
  throw new EntraError(
    90014,
    400,
    "invalid_request",
    "The required field 'scope' is missing from the credential. Ensure that you have all the necessary parameters for the " +
      "login request.",
  );
}

function field(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === "") throw missing(name);
  return value;
}

/** AADSTS900144 (error codes reference). That Entra uses it for a wrong client_assertion_type too is unverified. */
function missing(name: string): EntraError {
  return new EntraError(
    900144,
    400,
    "invalid_request",
    `The request body must contain the following parameter: '${name}'.`,
  );
}

/** No application of the local Azure has a secret, so every secret is a wrong one (AADSTS7000215, text observed). */
function secretRefused(clientId: string): EntraError {
  return new EntraError(
    7000215,
    401,
    "invalid_client",
    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the " +
      `client secret ID, for a secret added to app '${clientId}'.`,
  );
}

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
  throw new EntraError(
    1002012,
    400,
    "invalid_scope",
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with ` +
      "/.default suffixed to the resource identifier (application ID URI).",
  );
}
