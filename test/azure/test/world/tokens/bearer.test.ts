import { decodeJwt } from "jose";
import { expect, it } from "vitest";
import { RESOURCE } from "../../../src/local-azure/seed/default-seed.ts";
import { verifyBearer } from "../../../src/world/tokens/bearer.ts";
import { requestToken } from "../../entra/exchange-client.ts";
import { twoTenants } from "../../tenants/two-tenants.ts";

// Document: access-tokens#validate-tokens. What is refused, the services' bad-tokens tests have.

it("names the caller of a good token, with its claims", async () => {
  const world = await twoTenants();
  const answer = (await (await requestToken(world)).json()) as { access_token: string };
  const audiences = ["https://storage.azure.com"];
  expect(await verifyBearer(world.azure, `Bearer ${answer.access_token}`, audiences)).toEqual({
    tenantId: RESOURCE,
    objectId: world.principal.objectId,
    appId: world.application.appId,
    claims: decodeJwt(answer.access_token),
  });
});
