import { expect, it } from "vitest";
import { unstartedAzure } from "../../readme/unstarted-azure.ts";
import { IdentityEndpoint } from "../../src/app-service/identity-endpoint.ts";
import { identityEndpointRoutes } from "../../src/app-service/routes.ts";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";

it("says of the managed identity endpoint what it answers, and nothing more", async () => {
  const endpoint = new IdentityEndpoint(
    await unstartedAzure(),
    issueManagedIdentityToken,
    () => [],
  );
  try {
    const url = new URL(await endpoint.url());
    expect(identityEndpointRoutes.map(({ path }) => path)).toEqual([url.pathname]);
    const query = "?api-version=2019-08-01&resource=r";
    expect((await fetch(`${url}${query}`)).status).toBe(401);
    expect((await fetch(`${url}/other${query}`)).status).toBe(501);
  } finally {
    await endpoint.close();
  }
});
