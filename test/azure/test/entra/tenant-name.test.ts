import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { initialDomain } from "../../src/world/directory/lookup.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { refusalOf, requestToken } from "./exchange-client.ts";

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

describe("OAuth 2.0 client credentials flow, the tenant in the path (v2-oauth2-client-creds-grant-flow)", () => {
  it("refuses an unknown tenant", async () => {
    const unknown = "33333333-3333-4333-8333-333333333333";
    expect(await refusalOf(await requestToken(world, {}, unknown))).toEqual({
      status: 400,
      error: "invalid_tenant",
      code: 90002,
      text: `AADSTS90002: Tenant '${unknown}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
    });
  });

  it("refuses an unknown domain as it does an unknown tenant id", async () => {
    const refusal = await refusalOf(await requestToken(world, {}, "contoso.onmicrosoft.com"));
    expect([refusal.status, refusal.error, refusal.code]).toEqual([400, "invalid_tenant", 90002]);
    expect(refusal.text).toContain("AADSTS90002: Tenant 'contoso.onmicrosoft.com' not found.");
  });

  it.each(["common", "organizations", "Common"])(
    "refuses /%s, which names no tenant, for a multitenant application",
    async (name) => {
      expect(await refusalOf(await requestToken(world, {}, name))).toEqual({
        status: 400,
        error: "invalid_request",
        code: 50059,
        text: "AADSTS50059: No tenant-identifying information found in either the request or implied by any provided credentials.",
      });
    },
  );

  it("refuses /common for a single-tenant application, by a code of its own", async () => {
    world.application.signInAudience = "AzureADMyOrg";
    expect(await refusalOf(await requestToken(world, {}, "common"))).toEqual({
      status: 400,
      error: "invalid_request",
      code: 50194,
      text: `AADSTS50194: Application '${world.application.appId}'(cross-tenant-data dev) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.`,
    });
  });

  it("takes a verified domain for the tenant, in any case", async () => {
    for (const name of [initialDomain(RESOURCE), initialDomain(RESOURCE).toUpperCase()]) {
      const { access_token } = (await (await requestToken(world, {}, name)).json()) as {
        access_token: string;
      };
      expect(decodeJwt(access_token)["tid"]).toBe(RESOURCE);
    }
  });

  it("refuses a word as it refuses an unknown domain", async () => {
    expect(await refusalOf(await requestToken(world, {}, "contoso"))).toMatchObject({
      status: 400,
      error: "invalid_tenant",
      code: 90002,
    });
  });

  it("refuses a tenant that is neither a GUID nor a domain", async () => {
    expect(await refusalOf(await requestToken(world, {}, "con toso"))).toEqual({
      status: 400,
      error: "invalid_request",
      code: 900023,
      text: "AADSTS900023: Specified tenant identifier 'con toso' is neither a valid DNS name, nor a valid external domain.",
    });
  });
});
