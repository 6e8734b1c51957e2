import type { Hono } from "hono";
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { RESOURCE, defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import { createGithubOidc, GITHUB_SUBJECT } from "../../src/surroundings/github-oidc.ts";
import { mint, refusalOf, requestToken } from "../entra/exchange-client.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";

const AUDIENCE = "api://AzureADTokenExchange";
const deployer = defaultSeed.tenants[1]?.deployer.clientId ?? "";

let world: TwoTenants;
let github: Hono;
beforeEach(async () => {
  world = await twoTenants();
  github = createGithubOidc(world.azure, "request-token");
});

describe("OpenID Connect of GitHub Actions (docs.github.com/actions/reference/security/oidc)", () => {
  it.each([
    undefined,
    "",
    "Bearer",
    "Bearer another",
    "Bearer REQUEST-TOKEN",
    "Bearer request-token, Bearer request-token",
    "Basic request-token",
    "request-token",
  ])("refuses the request token %s", async (authorization) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const response = await github.request("/idtoken?api-version=2.0", { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: "Unauthorized" });
  });

  it("issues a token of the workflow's subject for the wanted audience, verifiable by its keys", async () => {
    const jwks = await (await github.request("/.well-known/jwks")).json();
    const currentDate = new Date(world.clock.milliseconds);
    const keys = createLocalJWKSet(jwks as JSONWebKeySet);
    const { payload } = await jwtVerify(await idToken(AUDIENCE), keys, { currentDate });
    expect(payload).toMatchObject({
      iss: "https://oidc.localhost",
      sub: "repo:contoso/cross-tenant-data:environment:dev",
      aud: AUDIENCE,
    });
  });

  it("takes the request token under the scheme in lower case, as GitHub's example and kubelogin send it", async () => {
    const headers = { authorization: "bearer request-token" };
    const response = await github.request("/idtoken?api-version=2.0", { headers });
    expect(response.status).toBe(200);
  });

  it("signs a deployer in to its own tenant", async () => {
    const response = await signIn(await idToken(AUDIENCE));
    expect(response.status).toBe(200);
    const { access_token } = (await response.json()) as { access_token: string };
    expect(decodeJwt(access_token)).toMatchObject({ tid: RESOURCE, appid: deployer });
  });

  it("signs no deployer in to another tenant", async () => {
    const home = defaultSeed.tenants[0]?.deployer.clientId ?? "";
    const refusal = await refusalOf(await signIn(await idToken(AUDIENCE), home));
    expect(refusal).toMatchObject({ status: 400, error: "unauthorized_client", code: 700016 });
  });

  it("refuses a deployer's sign-in with another audience", async () => {
    const refusal = await refusalOf(await signIn(await idToken("https://github.com/contoso")));
    expect(refusal).toMatchObject({ status: 401, error: "invalid_client", code: 700212 });
    expect(refusal.text).toContain("presented assertion audience 'https://github.com/contoso'");
  });

  it("refuses a deployer's sign-in from another environment", async () => {
    const sub = GITHUB_SUBJECT.replace(":dev", ":production");
    const iss = "https://oidc.localhost";
    const token = await mint(world.azure, "github", { iss, sub, aud: AUDIENCE });
    const refusal = await refusalOf(await signIn(token));
    expect(refusal).toMatchObject({ status: 401, error: "invalid_client", code: 700213 });
    expect(refusal.text).toContain(`presented assertion subject '${sub}'`);
  });
});

async function idToken(audience: string): Promise<string> {
  const response = await github.request(
    `/idtoken?api-version=2.0&audience=${encodeURIComponent(audience)}`,
    { headers: { authorization: "Bearer request-token" } },
  );
  return ((await response.json()) as { value: string }).value;
}

function signIn(assertion: string, client_id = deployer): Promise<Response> {
  const scope = "https://management.localhost/.default";
  return requestToken(world, { client_id, client_assertion: assertion, scope });
}
