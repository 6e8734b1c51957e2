import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { HOME, RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { createManagedIdentityPrincipal } from "../../src/world/directory/managed-identity-principal.ts";
import {
  credentialFor,
  multitenantApplication,
  twoTenants,
  type TwoTenants,
} from "../tenants/two-tenants.ts";
import { exchangeToken, mint, refusalOf, requestToken } from "./exchange-client.ts";

const ISSUER = `https://login.localhost/${HOME}/v2.0`;
const EXCHANGE = "fb60f99c-7a34-4190-8149-302f77469936";
const HELP =
  "https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation";

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

describe("Configure an application to trust a managed identity", () => {
  it("refuses an application of the resource tenant, though issuer and subject match", async () => {
    const application = multitenantApplication(
      RESOURCE,
      credentialFor(world.azure, world.identity),
    );
    world.azure.state.applications.set(application.objectId, application);
    expect(await refusal({ client_id: application.appId })).toEqual(
      invalidClient(
        700236,
        `Entra ID tokens issued by issuer '${ISSUER}' may not be used for federated identity credential flows for applications or managed identities registered in this tenant.`,
      ),
    );
  });

  it("refuses a system-assigned identity as subject", async () => {
    const host = `/subscriptions/${HOME}/resourceGroups/home/providers/Microsoft.Web/sites/site`;
    const args = { tenantId: HOME, resourceId: host, displayName: "site" };
    const identity = createManagedIdentityPrincipal(world.azure, args);
    world.credential.subject = identity.objectId;
    const token = await exchangeToken({ ...world, identity });
    expect(await refusal({ client_assertion: token })).toEqual(
      invalidClient(
        70021,
        `No matching federated identity record found for presented assertion. Assertion Issuer: '${ISSUER}'. Assertion Subject: '${identity.objectId}'. Assertion Audience: '${EXCHANGE}'. ${HELP}`,
      ),
    );
  });

  it("refuses an application's token, which is no managed identity's", async () => {
    const claims = { ...decodeJwt(await exchangeToken(world)), xms_mirid: undefined };
    const token = await mint(world.azure, HOME, claims);
    expect(await refusal({ client_assertion: token })).toEqual(
      invalidClient(
        700226,
        "Only MSI tokens may be used as Federated Identity Credentials for AAD issuer.",
      ),
    );
  });

  it("refuses a user's token", async () => {
    const claims = { ...decodeJwt(await exchangeToken(world)), idtyp: "user" };
    const token = await mint(world.azure, HOME, claims);
    expect(await refusal({ client_assertion: token })).toEqual(
      invalidClient(
        700229,
        "Forbidden token type. Only app-only tokens may be used as Federated Identity Credentials for AAD issuer.",
      ),
    );
  });

  it("refuses a v1 token for the exchange", async () => {
    const claims = { ...decodeJwt(await exchangeToken(world)), ver: "1.0" };
    const token = await mint(world.azure, HOME, {
      ...claims,
      iss: `https://sts.windows.net/${HOME}/`,
    });
    expect(await refusal({ client_assertion: token })).toEqual(
      invalidClient(
        700227,
        "Forbidden token audience. Only v2.0 tokens may be used as Federated Identity Credentials for AAD issuer.",
      ),
    );
  });

  it("refuses to chain: a token that came from a federated credential is no credential", async () => {
    const principal = { ...world.principal, objectId: world.identity.objectId, tenantId: HOME };
    world.azure.state.servicePrincipals.set(principal.objectId, principal);
    const scope = "api://AzureADTokenExchange/.default";
    const first = await requestToken(world, { scope }, HOME);
    const { access_token } = (await first.json()) as { access_token: string };
    expect(await refusal({ client_assertion: access_token })).toEqual(
      invalidClient(
        700231,
        "Token obtained using another federated identity credential may not be used as federated identity credential.",
      ),
    );
  });
});

async function refusal(changes: Record<string, string> = {}) {
  return refusalOf(await requestToken(world, changes));
}

function invalidClient(code: number, text: string) {
  return { status: 401, error: "invalid_client", code, text: `AADSTS${code}: ${text}` };
}
