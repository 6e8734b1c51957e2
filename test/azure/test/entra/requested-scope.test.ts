import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { refusalOf, requestToken } from "./exchange-client.ts";

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

describe("OAuth 2.0 client credentials flow, the scope (v2-oauth2-client-creds-grant-flow)", () => {
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
