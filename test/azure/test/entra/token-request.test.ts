import { beforeEach, describe, expect, it } from "vitest";
import { RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { JWT_BEARER, twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { exchangeToken, refusalOf, requestToken } from "./exchange-client.ts";

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

describe("OAuth 2.0 client credentials flow, the request (v2-oauth2-client-creds-grant-flow)", () => {
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
});
