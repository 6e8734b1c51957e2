import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { JWT_BEARER, twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { exchangeToken, refusalOf } from "./exchange-client.ts";

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

describe("Service to service calls using client credentials, v1.0 (azure-ad-v1)", () => {
  it("refuses a request without resource; a scope does not stand in for it", async () => {
    const scope = "https://storage.azure.com/.default";
    expect(await refusalOf(await request({ scope }))).toEqual({
      status: 400,
      error: "invalid_request",
      code: 900144,
      text: "AADSTS900144: The request body must contain the following parameter: 'resource'.",
    });
  });

  it("refuses a resource that does not exist, with a scope's suffix too", async () => {
    for (const resource of ["https://nothing.example", "https://storage.azure.com/.default"]) {
      const refusal = await refusalOf(await request({ resource }));
      expect([refusal.status, refusal.error, refusal.code]).toEqual([
        400,
        "invalid_resource",
        500011,
      ]);
      expect(refusal.text).toContain(
        `AADSTS500011: The resource principal named ${resource} was not found in the tenant named ${RESOURCE}.`,
      );
    }
  });

  it("refuses what the v2.0 endpoint refuses: the checks are the same", async () => {
    world.credential.subject = "00000000-0000-4000-8000-000000000000";
    const refusal = await refusalOf(await request({ resource: "https://storage.azure.com/" }));
    expect([refusal.status, refusal.code]).toEqual([401, 700213]);
    expect(refusal.text).toContain(
      "AADSTS700213: No matching federated identity record found for presented assertion subject",
    );
  });

  it("answers every value as a string, with the token the v2.0 endpoint issues", async () => {
    const resource = "https://storage.azure.com/";
    const response = await request({ resource });
    expect(response.status).toBe(200);
    const body = (await response.json()) as Record<string, unknown>;
    const { exp = 0, nbf = 0, ...claims } = decodeJwt(String(body["access_token"]));
    expect(body).toEqual({
      token_type: "Bearer",
      expires_in: String(exp - world.clock.milliseconds / 1000 - 1),
      ext_expires_in: body["expires_in"],
      expires_on: String(exp),
      not_before: String(nbf),
      resource,
      access_token: body["access_token"],
    });
    expect(claims).toMatchObject({
      aud: resource,
      oid: world.principal.objectId,
      tid: RESOURCE,
      ver: "1.0",
    });
  });
});

async function request(target: Record<string, string>): Promise<Response> {
  return world.entra.request(`/${RESOURCE}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: world.application.appId,
      client_assertion_type: JWT_BEARER,
      client_assertion: await exchangeToken(world),
      ...target,
    }),
  });
}
