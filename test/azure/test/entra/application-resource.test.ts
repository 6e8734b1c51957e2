import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import { HOME, RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import type { Application, ServicePrincipal } from "../../src/world/directory-records.ts";
import { multitenantApplication, twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { refusalOf, requestToken } from "./exchange-client.ts";

const URI = "api://ledger.contoso.example";

let world: TwoTenants;
let api: Application;
let principal: ServicePrincipal;
beforeEach(async () => {
  world = await twoTenants();
  const { azure, credential } = world;
  api = { ...multitenantApplication(RESOURCE, credential), displayName: "ledger" };
  api.settings["identifierUris"] = [URI];
  azure.state.applications.set(api.objectId, api);
  principal = {
    ...world.principal,
    objectId: api.objectId,
    appId: api.appId,
    displayName: "ledger",
    settings: {},
  };
  azure.state.servicePrincipals.set(principal.objectId, principal);
});

describe("Access tokens for an application's own API (access-token-claims-reference)", () => {
  it("refuses a name that differs by case or by a slash", async () => {
    for (const name of [URI.toUpperCase(), `${URI}/`]) {
      expect(await refusal(name)).toMatchObject({
        status: 400,
        error: "invalid_resource",
        code: 500011,
        text: expect.stringContaining(
          `AADSTS500011: The resource principal named ${name} was not found in the tenant named ${RESOURCE}.`,
        ),
      });
    }
  });

  it("refuses it in a tenant where the application has no service principal", async () => {
    world.azure.state.servicePrincipals.delete(principal.objectId);
    expect(await refusal(URI)).toMatchObject({ status: 400, code: 500011 });
  });

  it("refuses it when its service principal is disabled", async () => {
    principal.accountEnabled = false;
    expect(await refusal(URI)).toEqual({
      status: 400,
      error: "invalid_resource",
      code: 500014,
      text: `AADSTS500014: The service principal for resource '${api.appId}' is disabled. This indicate that a subscription within the tenant has lapsed, or that the administrator for this tenant has disabled the application, preventing tokens from being issued for it.`,
    });
  });

  it("refuses it when it wants a role of its clients", async () => {
    principal.settings["appRoleAssignmentRequired"] = true;
    const { appId, displayName } = world.application;
    expect(await refusal(URI)).toEqual({
      status: 400,
      error: "invalid_grant",
      code: 501051,
      text: `AADSTS501051: Application '${appId}'(${displayName}) is not assigned to a role for the application '${api.appId}'(ledger).`,
    });
  });

  it("issues a v1.0 token whose audience is the name that was asked for", async () => {
    for (const name of [URI, api.appId])
      expect(await claims(name)).toMatchObject({
        aud: name,
        iss: `https://sts.windows.net/${RESOURCE}/`,
        ver: "1.0",
        appid: world.application.appId,
      });
  });

  it("issues a v2.0 token, whose audience is the application's id, where the application asks for it", async () => {
    api.settings["api"] = { requestedAccessTokenVersion: 2 };
    for (const name of [URI, api.appId])
      expect(await claims(name)).toMatchObject({
        aud: api.appId,
        iss: `https://login.localhost/${RESOURCE}/v2.0`,
        ver: "2.0",
        azp: world.application.appId,
      });
  });

  it("finds the tenant's own among applications of one name in several tenants", async () => {
    const { azure, credential } = world;
    const elsewhere = { ...multitenantApplication(HOME, credential), settings: api.settings };
    azure.state.applications.delete(api.objectId);
    for (const each of [elsewhere, api])
      azure.state.applications.set(each.objectId, { ...each, signInAudience: "AzureADMyOrg" });
    expect(await claims(URI)).toMatchObject({ aud: URI, tid: RESOURCE });
  });

  it("issues it to a managed identity, in the tenant where both are", async () => {
    const ask = () => issueManagedIdentityToken(world.azure, world.identity, URI);
    await expect(ask()).rejects.toThrow(`was not found in the tenant named ${HOME}`);
    const home = { ...principal, tenantId: HOME, objectId: world.application.objectId };
    world.azure.state.servicePrincipals.set(home.objectId, home);
    expect(decodeJwt((await ask()).token)).toMatchObject({ aud: URI, tid: HOME });
  });
});

function ask(name: string): Promise<Response> {
  return requestToken(world, { scope: `${name}/.default` });
}

async function refusal(name: string) {
  return refusalOf(await ask(name));
}

async function claims(name: string) {
  const { access_token } = (await (await ask(name)).json()) as { access_token: string };
  return decodeJwt(access_token);
}
