import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { exchangeToken, refusalOf, requestToken } from "./exchange-client.ts";
import { HOME, JWT_BEARER, RESOURCE, twoTenants, type TwoTenants } from "../two-tenants.ts";

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

describe("OAuth 2.0 client credentials flow (v2-oauth2-client-creds-grant-flow)", () => {
  it.each(["grant_type", "client_id", "client_assertion_type"])(
    "refuses a request without %s",
    async (field) => {
      expect(await refusalOf(await requestToken(world, { [field]: undefined }))).toEqual({
        status: 400,
        error: "invalid_request",
        code: 900144,
        text: `AADSTS900144: The request body must contain the following parameter: '${field}'.`,
      });
    },
  );

  it("refuses a request without scope, by a code of its own", async () => {
    expect(await refusalOf(await requestToken(world, { scope: undefined }))).toEqual({
      status: 400,
      error: "invalid_request",
      code: 90014,
      text: "AADSTS90014: The required field 'scope' is missing from the credential. Ensure that you have all the necessary parameters for the login request.",
    });
  });

  it.each(["scope", "client_assertion", "client_id", "x-client-SKU"])(
    "refuses a request with %s twice",
    async (name) => {
      const once = new URLSearchParams({ grant_type: "client_credentials", [name]: "a" });
      const response = await world.entra.request(`/${RESOURCE}/oauth2/v2.0/token`, {
        method: "POST",
        body: new URLSearchParams([...once, [name, "b"]]),
      });
      expect(await refusalOf(response)).toEqual({
        status: 400,
        error: "invalid_request",
        code: 9000411,
        text: `AADSTS9000411: The request is not properly formatted. The parameter '${name}' is duplicated.`,
      });
    },
  );

  it("refuses another grant type", async () => {
    expect(await refusalOf(await requestToken(world, { grant_type: "password" }))).toEqual({
      status: 400,
      error: "unsupported_grant_type",
      code: 70003,
      text: "AADSTS70003: The app requested an unsupported grant type 'password'.",
    });
  });

  it("refuses a request without any credential", async () => {
    expect(await refusalOf(await requestToken(world, { client_assertion: "" }))).toEqual({
      status: 401,
      error: "invalid_client",
      code: 7000216,
      text: "AADSTS7000216: 'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
    });
  });

  it("refuses every client secret, also next to a good assertion", async () => {
    const refusal = await refusalOf(await requestToken(world, { client_secret: "any" }));
    expect(refusal).toEqual({
      status: 401,
      error: "invalid_client",
      code: 7000215,
      text: `AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${world.application.appId}'.`,
    });
  });

  it("refuses a client secret in the Authorization header", async () => {
    const response = await world.entra.request(`/${RESOURCE}/oauth2/v2.0/token`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${world.application.appId}:any`)}` },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: world.application.appId,
        scope: "https://storage.azure.com/.default",
        client_assertion_type: JWT_BEARER,
        client_assertion: await exchangeToken(world),
      }),
    });
    expect(await refusalOf(response)).toMatchObject({ status: 401, code: 7000215 });
  });

  it("refuses a scope without /.default", async () => {
    const scope = "https://storage.azure.com/user_impersonation";
    expect(await refusalOf(await requestToken(world, { scope }))).toEqual({
      status: 400,
      error: "invalid_scope",
      code: 1002012,
      text: `AADSTS1002012: The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    });
  });

  it("ignores the scopes of OpenID Connect beside it", async () => {
    const scope = "https://storage.azure.com/.default openid offline_access profile";
    const response = await requestToken(world, { scope });
    const { access_token } = (await response.json()) as { access_token: string };
    expect(decodeJwt(access_token).aud).toBe("https://storage.azure.com");
  });

  it("refuses the scopes of OpenID Connect alone", async () => {
    const scope = "openid offline_access profile";
    expect(await refusalOf(await requestToken(world, { scope }))).toMatchObject({
      code: 1002012,
      text: `AADSTS1002012: The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    });
  });

  it("refuses the default scopes of two resources", async () => {
    const scope = "https://storage.azure.com/.default https://vault.azure.net/.default";
    expect(await refusalOf(await requestToken(world, { scope }))).toMatchObject({
      code: 1002012,
      text: expect.stringContaining(`The provided value for scope ${scope} is not valid.`),
    });
  });

  it.each([
    "https://storage.localhost/a/b",
    "https://storage.localhost/UPPER",
    "https://acct.blob.example",
    "https://storage.localhost/acct?x",
  ])("refuses %s, which is no account's address", async (address) => {
    const answer = await requestToken(world, { scope: `${address}/.default` });
    expect(await refusalOf(answer)).toMatchObject({ status: 400, code: 500011 });
  });

  it("refuses a resource that does not exist, with an error_uri", async () => {
    const response = await requestToken(world, { scope: "https://nothing.example/.default" });
    const uri = ((await response.clone().json()) as { error_uri: string }).error_uri;
    expect(uri).toBe("https://login.localhost/error?code=500011");
    expect(await refusalOf(response)).toEqual({
      status: 400,
      error: "invalid_resource",
      code: 500011,
      text: `AADSTS500011: The resource principal named https://nothing.example was not found in the tenant named ${RESOURCE}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
    });
  });

  it("refuses a client id that is no application", async () => {
    const client_id = world.identity.appId;
    expect(await refusalOf(await requestToken(world, { client_id }))).toEqual(notFound(client_id));
  });

  it("refuses a single-tenant application in another tenant", async () => {
    world.application.signInAudience = "AzureADMyOrg";
    const refusal = await refusalOf(await requestToken(world));
    expect(refusal).toEqual(notFound(world.application.appId));
  });

  it("refuses a deleted application whose service principal is left over", async () => {
    world.azure.state.applications.delete(world.application.objectId);
    const refusal = await refusalOf(await requestToken(world));
    expect(refusal).toEqual(notFound(world.application.appId));
  });

  it("refuses an application without service principal in the tenant", async () => {
    world.azure.state.servicePrincipals.delete(world.principal.objectId);
    expect(await refusalOf(await requestToken(world))).toEqual({
      status: 401,
      error: "invalid_client",
      code: 7000229,
      text: `AADSTS7000229: The client application ${world.application.appId} is missing service principal in the tenant ${RESOURCE}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
    });
  });

  it("refuses an application whose service principal is disabled", async () => {
    world.principal.accountEnabled = false;
    expect(await refusalOf(await requestToken(world))).toEqual({
      status: 400,
      error: "unauthorized_client",
      code: 7000112,
      text: `AADSTS7000112: Application '${world.application.appId}'(cross-tenant-data dev) is disabled.`,
    });
  });

  it("issues a v1 storage token of the resource tenant to the application's service principal there", async () => {
    const response = await requestToken(world);
    expect(response.status).toBe(200);
    const body = (await response.json()) as Record<string, unknown>;
    expect(Object.keys(body).sort()).toEqual([
      "access_token",
      "expires_in",
      "ext_expires_in",
      "token_type",
    ]);
    const token = String(body["access_token"]);
    const { kid } = world.azure.keys.get(RESOURCE) ?? {};
    expect(decodeProtectedHeader(token)).toEqual({ typ: "JWT", alg: "RS256", kid, x5t: kid });
    expect(decodeJwt(token)).toMatchObject({
      aud: "https://storage.azure.com",
      iss: `https://sts.windows.net/${RESOURCE}/`,
      idp: `https://sts.windows.net/${RESOURCE}/`,
      appid: world.application.appId,
      appidacr: "2",
      idtyp: "app",
      oid: world.principal.objectId,
      sub: world.principal.objectId,
      tid: RESOURCE,
      ver: "1.0",
    });
  });

  it("issues application tokens for 60 to 90 minutes and managed-identity tokens for 24 hours", async () => {
    const now = world.clock.milliseconds / 1000;
    const { access_token, expires_in } = (await (await requestToken(world)).json()) as {
      access_token: string;
      expires_in: number;
    };
    const { iat = 0, nbf, exp = 0 } = decodeJwt(access_token);
    expect(exp - now).toBeGreaterThanOrEqual(3600);
    expect(exp - now).toBeLessThanOrEqual(5400);
    expect(expires_in).toBe(exp - now - 1);
    expect([iat, nbf]).toEqual([now - 300, now - 300]);
    const identity = decodeJwt(await exchangeToken(world));
    expect((identity.exp ?? 0) - (identity.iat ?? 0)).toBe(86_700);
  });

  it.each(["https://storage.localhost/acct", "https://storage.localhost/acct/"])(
    "issues a token for the one storage account at %s",
    async (address) => {
      const response = await requestToken(world, { scope: `${address}/.default` });
      const { access_token } = (await response.json()) as { access_token: string };
      expect(decodeJwt(access_token).aud).toBe(address);
    },
  );

  it("repeats a trailing slash of the requested resource in the audience", async () => {
    const response = await requestToken(world, { scope: "https://storage.azure.com//.default" });
    const { access_token } = (await response.json()) as { access_token: string };
    expect(decodeJwt(access_token).aud).toBe("https://storage.azure.com/");
  });
});

describe("Handling error codes (reference-error-codes)", () => {
  it.each(["header", "query", "form"])("echoes the client-request-id of the %s", async (place) => {
    const id = "44444444-4444-4444-8444-444444444444";
    const response = await world.entra.request(
      `/${HOME}/oauth2/v2.0/token${place === "query" ? `?client-request-id=${id}` : ""}`,
      {
        method: "POST",
        body: new URLSearchParams(place === "form" ? { "client-request-id": id } : {}),
        headers: place === "header" ? { "client-request-id": id } : {},
      },
    );
    const body = (await response.json()) as Record<string, string>;
    expect(body["correlation_id"]).toBe(id);
    expect(body["timestamp"]).toBe("2026-01-15 12:00:00Z");
    expect(body["error_description"]).toBe(
      `AADSTS900144: The request body must contain the following parameter: 'grant_type'. Trace ID: ${body["trace_id"]} Correlation ID: ${id} Timestamp: 2026-01-15 12:00:00Z`,
    );
    expect(body["error_uri"]).toBe("https://login.localhost/error?code=900144");
  });
});

function notFound(clientId: string) {
  return {
    status: 400,
    error: "unauthorized_client",
    code: 700016,
    text: `AADSTS700016: Application with identifier '${clientId}' was not found in the directory '${RESOURCE}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  };
}
