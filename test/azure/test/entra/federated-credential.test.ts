import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import { HOME } from "../../src/local-azure/seed/default-seed.ts";
import { multitenantApplication, twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { exchangeToken, mint, refusalOf, requestToken } from "./exchange-client.ts";

const ISSUER = `https://login.localhost/${HOME}/v2.0`;
const EXCHANGE = "fb60f99c-7a34-4190-8149-302f77469936";
const HELP =
  "https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation";

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

describe("Workload identity federation, matching (reference-breaking-changes, August 2024)", () => {
  it("refuses an application that has no federated identity credential", async () => {
    world.application.federatedIdentityCredentials.clear();
    expect(await refusal()).toEqual(
      invalidClient(
        70025,
        `The client '${world.application.appId}'(cross-tenant-data dev) has no configured federated identity credentials.`,
      ),
    );
  });

  it("refuses an issuer that no credential names", async () => {
    world.credential.issuer = `${ISSUER}/`;
    expect(await refusal()).toEqual(
      invalidClient(
        700211,
        `No matching federated identity record found for presented assertion issuer '${ISSUER}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. ${HELP}`,
      ),
    );
  });

  it("refuses an issuer that the local Azure does not know, even if a credential trusts it", async () => {
    world.credential.issuer = "https://issuer.example";
    const token = await mint(world.azure, "github", {
      iss: "https://issuer.example",
      sub: world.credential.subject,
      aud: "api://AzureADTokenExchange",
    });
    expect((await refusal({ client_assertion: token })).code).toBe(700211);
  });

  it.each([
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
    "login.chinacloudapi.cn",
  ])(
    "refuses a token of another cloud's Entra, %s, even if a credential trusts it",
    async (host) => {
      const issuer = `https://${host}/${HOME}/v2.0`;
      world.credential.issuer = issuer;
      const { subject } = world.credential;
      const claims = { iss: issuer, sub: subject, aud: "api://AzureADTokenExchange" };
      const token = await mint(world.azure, HOME, claims);
      expect(await refusal({ client_assertion: token })).toEqual(
        invalidClient(
          700238,
          `Tokens issued by issuer '${issuer}' from another sovereign cloud may not be used for federated identity credential flows in this cloud.`,
        ),
      );
    },
  );

  it("refuses a subject that no credential names", async () => {
    world.credential.subject = "00000000-0000-4000-8000-000000000000";
    expect(await refusal()).toEqual(subjectRefused(700213));
  });

  it("refuses a subject that differs by case only, by a code of its own", async () => {
    world.credential.subject = world.identity.objectId.toUpperCase();
    expect(await refusal()).toEqual(subjectRefused(7002138));
  });

  it("refuses an audience that no credential names", async () => {
    world.credential.audiences = ["api://AzureADTokenExchangeUSGov"];
    expect(await refusal()).toEqual(audienceRefused(EXCHANGE));
  });

  it("refuses a credential that names the audience by its application id: it is spelled api://AzureADTokenExchange", async () => {
    world.credential.audiences = [EXCHANGE];
    expect((await refusal()).code).toBe(7002121);
  });

  it("refuses the identity's token for another resource", async () => {
    const { token } = await issueManagedIdentityToken(
      world.azure,
      world.identity,
      "https://management.azure.com",
    );
    expect(await refusal({ client_assertion: token })).toEqual(
      audienceRefused("https://management.azure.com"),
    );
  });

  it("refuses the identity's token for an API, though a credential names that API", async () => {
    const api = multitenantApplication(HOME, world.credential);
    api.settings["api"] = { requestedAccessTokenVersion: 2 };
    const principal = { ...world.principal, objectId: api.objectId, appId: api.appId };
    world.azure.state.applications.set(api.objectId, api);
    world.azure.state.servicePrincipals.set(api.objectId, { ...principal, tenantId: HOME });
    const { token } = await issueManagedIdentityToken(world.azure, world.identity, api.appId);
    world.credential.audiences = [api.appId];
    expect(await refusal({ client_assertion: token })).toEqual(audienceRefused(api.appId));
  });

  it("accepts the identity's exchange token, whose audience is the application id behind the URI", async () => {
    expect(decodeJwt(await exchangeToken(world))).toMatchObject({
      aud: EXCHANGE,
      iss: ISSUER,
      sub: world.identity.objectId,
      oid: world.identity.objectId,
      azp: world.identity.appId,
      ver: "2.0",
    });
    expect((await requestToken(world)).status).toBe(200);
  });
});

async function refusal(changes: Record<string, string> = {}) {
  return refusalOf(await requestToken(world, changes));
}

function invalidClient(code: number, text: string) {
  return { status: 401, error: "invalid_client", code, text: `AADSTS${code}: ${text}` };
}

function subjectRefused(code: number) {
  return invalidClient(
    code,
    `No matching federated identity record found for presented assertion subject '${world.identity.objectId}'. Please note that matching is done using a case-sensitive comparison. Check your federated identity credential Subject, Audience, and Issuer against the presented assertion.`,
  );
}

function audienceRefused(audience: string) {
  return invalidClient(
    7002121,
    `No matching federated identity record found for presented assertion audience '${audience}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. ${HELP}`,
  );
}
