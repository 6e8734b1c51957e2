import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { HOME, RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { exchangeToken, refusalOf, requestToken } from "./exchange-client.ts";

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

describe("OAuth 2.0 client credentials flow (v2-oauth2-client-creds-grant-flow)", () => {
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
