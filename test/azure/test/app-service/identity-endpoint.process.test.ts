import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { HttpsAnswer } from "./https-client.ts";
import { baseSettings, SiteWorld } from "./site-world.ts";

// Document: "Managed identities in App Service". Real HTTPS, a real process; no Azure.

let world: SiteWorld;

beforeAll(async () => {
  world = await SiteWorld.start();
});

afterAll(() => world.close());

beforeEach(() => world.renew());

describe("Managed identities in App Service, REST endpoint reference", () => {
  const exchange = "api-version=2019-08-01&resource=api://AzureADTokenExchange";

  it("gives the process a token of an identity that is assigned to the site", async () => {
    await world.publish();
    await world.told();
    const { clientId = "", principalId = "" } = await identityProperties();
    for (const selector of [
      `client_id=${clientId}`,
      `principal_id=${principalId}`,
      `object_id=${principalId}`,
      `mi_res_id=${world.identity}`,
    ]) {
      const { status, body } = await token(`${exchange}&${selector}`);
      expect(status).toBe(200);
      const answer = JSON.parse(body) as Record<string, string>;
      expect(answer["expires_on"]).toMatch(/^\d+$/);
      expect(answer).toMatchObject({
        token_type: "Bearer",
        resource: "api://AzureADTokenExchange",
        client_id: clientId.toUpperCase(),
      });
      expect(decodeJwt(answer["access_token"] ?? "").sub).toBe(principalId);
    }
  });

  it("gives the system-assigned identity's token when none is named", async () => {
    await world.putSite({}, baseSettings, { type: "SystemAssigned" });
    await world.publish();
    await world.told();
    const { body } = await world.owner("GET", world.site);
    const answer = JSON.parse((await token(exchange)).body) as Record<string, string>;
    const { principalId } = body["identity"] as { principalId: string };
    expect(decodeJwt(answer["access_token"] ?? "").sub).toBe(principalId);
  });

  it("refuses what the document refuses", async () => {
    await world.publish();
    await world.told();
    const { clientId = "", principalId = "" } = await identityProperties();
    const { IDENTITY_HEADER: good } = await world.appService.identitySettings(world.site);
    for (const header of ["wrong", "", `Bearer ${good}`, `${good}, ${good}`, `${good}x`])
      expect((await token(`${exchange}&client_id=${clientId}`, header)).status).toBe(401);
    const notAssigned =
      "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.";
    expect(await refused(`${exchange}&client_id=${principalId}`)).toEqual([400, notAssigned]);
    expect(await refused(exchange)).toEqual([400, "Unable to load the proper Managed Identity."]);
    expect(await refused(`${exchange}&client_id=${clientId}&mi_res_id=${world.identity}`)).toEqual([
      400,
      "The parameters 'client_id' and 'mi_res_id' are mutually exclusive.",
    ]);
    expect(
      await refused(`api-version=2019-08-01&resource=https://none.example&client_id=${clientId}`),
    ).toEqual([500, "An unexpected error occured while fetching the AAD Token."]);
  });
});

describe("Managed identities in App Service, no api-version", () => {
  it.each(["", "api-version=&"])("refuses a request for a token with '%s'", async (query) => {
    const { IDENTITY_ENDPOINT: url, IDENTITY_HEADER } = await world.appService.identitySettings(
      world.site,
    );
    const { clientId } = await identityProperties();
    const asked = `${query}resource=https://storage.azure.com&client_id=${clientId}`;
    const headers = { "x-identity-header": IDENTITY_HEADER };
    const answer = await fetch(`${url}?${asked}`, { headers });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      {
        error: {
          code: "ApiVersionUnspecified",
          message: "An API version is required, but was not specified.",
          innerError: null,
        },
      },
    ]);
  });
});

describe("Managed identities in App Service, api-version 2017-09-01", () => {
  const storage = "api-version=2017-09-01&resource=https://storage.azure.com";

  it("refuses the secret in the newer header, and the newer header's place is no secret", async () => {
    const { IDENTITY_ENDPOINT: url, IDENTITY_HEADER } = await world.appService.identitySettings(
      world.site,
    );
    const { clientId } = await identityProperties();
    for (const headers of [{}, { secret: "wrong" }, { "x-identity-header": IDENTITY_HEADER }])
      expect((await fetch(`${url}?${storage}&clientid=${clientId}`, { headers })).status).toBe(401);
  });

  it("refuses an identity that is not assigned, in the older spelling", async () => {
    const { principalId } = await identityProperties();
    const [status, body] = await ask(`${storage}&clientid=${principalId}`);
    expect([status, body["StatusCode"], body["Message"]]).toEqual([
      400,
      400,
      "No MSI found for specified ClientId/ResourceId.",
    ]);
  });

  it("does not know the newer names of an identity: without clientid it is the system-assigned one", async () => {
    const { clientId } = await identityProperties();
    const [status, body] = await ask(`${storage}&client_id=${clientId}`);
    expect([status, body["Message"]]).toEqual([400, "Unable to load the proper Managed Identity."]);
  });

  it("dates the token as on Linux", async () => {
    const { clientId, principalId } = await identityProperties();
    const [status, body] = await ask(`${storage}&clientid=${clientId}`);
    const { exp = 0, sub } = decodeJwt(body["access_token"] ?? "");
    expect([status, sub]).toEqual([200, principalId]);
    expect(Object.keys(body).sort()).toEqual([
      "access_token",
      "expires_on",
      "resource",
      "token_type",
    ]);
    expect(body["expires_on"]).toMatch(/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d \+00:00$/);
    expect(Date.parse(body["expires_on"] ?? "")).toBe(exp * 1000);
  });

  it("answers 501 to an api-version that it does not know", async () => {
    const { IDENTITY_ENDPOINT: url } = await world.appService.identitySettings(world.site);
    const answer = await fetch(`${url}?api-version=2025-03-30`);
    expect([answer.status, await answer.text()]).toEqual([
      501,
      'api-version "2025-03-30" is not emulated',
    ]);
  });
});

async function ask(query: string): Promise<[number, Record<string, string>]> {
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = await world.appService.identitySettings(
    world.site,
  );
  const headers = { secret: IDENTITY_HEADER };
  const answer = await fetch(`${IDENTITY_ENDPOINT}?${query}`, { headers });
  return [answer.status, (await answer.json()) as Record<string, string>];
}

async function token(query: string, header?: string): Promise<HttpsAnswer> {
  const parameters = new URLSearchParams({ query, ...(header === undefined ? {} : { header }) });
  return world.front(`/token?${parameters.toString()}`);
}

/** Status and message of a refused token request. */
async function refused(query: string): Promise<unknown[]> {
  const { status, body } = await token(query);
  return [status, (JSON.parse(body) as { message: string }).message];
}

async function identityProperties(): Promise<Record<string, string>> {
  return (await world.owner("GET", world.identity)).body["properties"] as Record<string, string>;
}
