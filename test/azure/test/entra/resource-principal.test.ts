import { beforeEach, describe, expect, it } from "vitest";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import { clientWith, type GraphClient } from "../graph/graph-client.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { refusalOf, requestToken } from "./exchange-client.ts";

// Documents: Microsoft Entra error codes reference (AADSTS500014, AADSTS501051) and "OAuth 2.0 client credentials flow" (app
// roles and `appRoleAssignmentRequired`). Observed are texts and `error` of the second; statuses are unverified.

const STORAGE = "e406a681-f3d4-42a8-90b6-c2b029497af1";

let world: TwoTenants;
let admin: GraphClient;
beforeEach(async () => {
  world = await twoTenants();
  admin = clientWith(world, 1, "Application.ReadWrite.All");
});

describe("The resource tenant's service principal of Azure Storage", () => {
  it("refuses the exchange with AADSTS500014 while it is disabled", async () => {
    expect((await admin("POST", "/servicePrincipals", { appId: STORAGE })).status).toBe(201);
    expect((await requestToken(world)).status).toBe(200);
    const path = `/servicePrincipals(appId='${STORAGE}')`;
    expect((await admin("PATCH", path, { accountEnabled: false })).status).toBe(204);
    expect(await refusalOf(await requestToken(world))).toEqual({
      status: 400,
      error: "invalid_resource",
      code: 500014,
      text: "AADSTS500014: The service principal for resource 'e406a681-f3d4-42a8-90b6-c2b029497af1' is disabled. This indicate that a subscription within the tenant has lapsed, or that the administrator for this tenant has disabled the application, preventing tokens from being issued for it.",
    });
    const arm = { scope: "https://management.azure.com/.default" };
    expect((await requestToken(world, arm)).status).toBe(200);
    expect((await admin("PATCH", path, { accountEnabled: true })).status).toBe(204);
    expect((await requestToken(world)).status).toBe(200);
  });

  it("refuses the exchange with AADSTS501051 while it requires an assignment", async () => {
    const body = { appId: STORAGE, appRoleAssignmentRequired: true };
    const { body: made } = await admin("POST", "/servicePrincipals", body);
    expect(made).toMatchObject({ displayName: "Azure Storage", appRoleAssignmentRequired: true });
    const { appId, displayName } = world.principal;
    expect(await refusalOf(await requestToken(world))).toEqual({
      status: 400,
      error: "invalid_grant",
      code: 501051,
      text: `AADSTS501051: Application '${appId}'(${displayName}) is not assigned to a role for the application 'e406a681-f3d4-42a8-90b6-c2b029497af1'(Azure Storage).`,
    });
  });

  it("refuses a second one, and one for who may make its own applications' alone", async () => {
    await admin("POST", "/servicePrincipals", { appId: STORAGE });
    expect((await admin("POST", "/servicePrincipals", { appId: STORAGE })).status).toBe(409);
    const deployer = clientWith(world, 1, "Application.ReadWrite.OwnedBy");
    expect((await deployer("POST", "/servicePrincipals", { appId: STORAGE })).status).toBe(403);
  });

  it("refuses a managed identity of its own tenant alike, and leaves the other tenant's alone", async () => {
    await admin("POST", "/servicePrincipals", { appId: STORAGE, accountEnabled: false });
    const token = (principal: typeof world.identity) =>
      issueManagedIdentityToken(world.azure, principal, "https://storage.azure.com/");
    await expect(token({ ...world.identity, tenantId: world.principal.tenantId })).rejects.toThrow(
      "The service principal for resource 'e406a681-f3d4-42a8-90b6-c2b029497af1' is disabled.",
    );
    expect(await token(world.identity)).toHaveProperty("token");
  });
});

it("gives a token for Microsoft Graph, which requires an assignment, to who holds one of its roles", async () => {
  const graph = "00000003-0000-0000-c000-000000000000";
  await admin("POST", "/servicePrincipals", { appId: graph, appRoleAssignmentRequired: true });
  const scope = { scope: "https://graph.microsoft.com/.default" };
  expect((await refusalOf(await requestToken(world, scope))).code).toBe(501051);
  Object.assign(world.principal, { graphPermissions: ["Application.Read.All"] });
  expect((await requestToken(world, scope)).status).toBe(200);
});
