import { beforeAll, describe, expect, it } from "vitest";
import { HOME } from "../../src/local-azure/seed/default-seed.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { refusalOf } from "./exchange-client.ts";

let world: TwoTenants;
beforeAll(async () => {
  world = await twoTenants();
});

describe("Instance discovery, as MSAL asks for it", () => {
  it("tells MSAL that its host is a cloud of its own, and where the asked tenant's document is", async () => {
    expect(await instance(`https://login.localhost/${HOME}/oauth2/v2.0/authorize`)).toEqual({
      status: 200,
      body: {
        tenant_discovery_endpoint: `https://login.localhost/${HOME}/v2.0/.well-known/openid-configuration`,
        "api-version": "1.1",
        metadata: [
          {
            preferred_network: "login.localhost",
            preferred_cache: "login.localhost",
            aliases: ["login.localhost"],
          },
        ],
      },
    });
  });

  it.each(["https://login.example/common/oauth2/v2.0/authorize", "https://login.localhost/"])(
    "refuses instance discovery of %s, which is no login endpoint of this cloud",
    async (endpoint) => {
      expect(await instance(endpoint)).toMatchObject({
        status: 400,
        body: {
          error: "invalid_instance",
          error_codes: [50049],
          error_description: expect.stringContaining(
            "AADSTS50049: Unknown or invalid instance. Trace ID: ",
          ) as unknown,
        },
      });
    },
  );

  it("refuses instance discovery of nothing", async () => {
    const response = await world.entra.request("/common/discovery/instance?api-version=1.1");
    expect(await refusalOf(response)).toEqual({
      status: 400,
      error: "invalid_request",
      code: 50050,
      text: "AADSTS50050: The request is malformed.",
    });
  });
});

async function instance(endpoint: string) {
  const query = new URLSearchParams({ "api-version": "1.1", authorization_endpoint: endpoint });
  const response = await world.entra.request(`/common/discovery/instance?${query.toString()}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
