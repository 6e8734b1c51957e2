import { beforeEach, describe, expect, it } from "vitest";
import { createGraph } from "../../src/graph/graph.ts";
import { RESOURCE, defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import { requestToken } from "../entra/exchange-client.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { clientWith, deployerClient, type GraphClient, refusal } from "./graph-client.ts";

let world: TwoTenants;
let resource: GraphClient;
beforeEach(async () => {
  world = await twoTenants();
  resource = deployerClient(world, 1);
});

describe("Create servicePrincipal (graph/api/serviceprincipal-post-serviceprincipals)", () => {
  it("refuses a managed identity's client id in another tenant", async () => {
    const { appId } = world.identity;
    const { status, body } = await resource("POST", "/servicePrincipals", { appId });
    const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
    expect(status).toBe(400);
    expect(body["error"]).toMatchObject({
      code: "Request_BadRequest",
      message,
      details: [{ code: "NoBackingApplicationObject", message, target: "appId" }],
    });
  });

  it("refuses a single-tenant application of another tenant", async () => {
    forget();
    world.application.signInAudience = "AzureADMyOrg";
    const { appId } = world.application;
    expect(await refusal(resource("POST", "/servicePrincipals", { appId }))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: `The appId '${appId}' of the service principal does not reference a valid application object.`,
    });
  });

  it("refuses a second service principal of one application", async () => {
    const { appId } = world.application;
    expect(await refusal(resource("POST", "/servicePrincipals", { appId }))).toEqual({
      status: 409,
      code: "Request_MultipleObjectsWithSameKeyValue",
      message: `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    });
  });

  it("refuses an application of another tenant under OwnedBy", async () => {
    forget();
    grant("Application.ReadWrite.OwnedBy");
    const { appId } = world.application;
    expect(await refusal(resource("POST", "/servicePrincipals", { appId }))).toEqual({
      status: 403,
      code: "Authorization_RequestDenied",
      message:
        "When using this permission, the backing application of the service principal being created must in the local tenant",
    });
  });

  it("refuses a caller without Graph permission", async () => {
    grant();
    const { appId } = world.application;
    expect(await refusal(resource("POST", "/servicePrincipals", { appId }))).toMatchObject({
      status: 403,
      code: "Authorization_RequestDenied",
    });
  });

  it("creates the local presence of a multitenant application, and the exchange works with it", async () => {
    forget();
    const { appId } = world.application;
    expect((await requestToken(world)).status).toBe(401);
    const made = await resource("POST", "/servicePrincipals", { appId });
    expect(made).toMatchObject({
      status: 201,
      body: {
        appId,
        servicePrincipalType: "Application",
        accountEnabled: true,
        appOwnerOrganizationId: world.application.tenantId,
      },
    });
    const stored = world.azure.state.servicePrincipals.get(String(made.body["id"]));
    expect(stored?.tenantId).toBe(RESOURCE);
    expect((await requestToken(world)).status).toBe(200);
  });
});

describe("Get servicePrincipal (graph/api/serviceprincipal-get)", () => {
  it("shows what the application offers, and in another tenant what it offered when it was let in", async () => {
    const oauth2PermissionScopes = [{ id: "2f5b1a3c-7d2e-4b7f-9c55-0d3b2c1f6a01", value: "read" }];
    const info = { supportUrl: "https://contoso.example/support" };
    const { appId, settings } = world.application;
    Object.assign(settings, { description: "ledger", api: { oauth2PermissionScopes }, info });
    world.azure.state.servicePrincipals.delete(world.principal.objectId);
    const letIn = await resource("POST", "/servicePrincipals", { appId });
    const home = clientWith(world, 0, "Application.ReadWrite.All");
    const atHome = await home("POST", "/servicePrincipals", { appId });
    Object.assign(settings, { description: "changed" });
    const offered = { oauth2PermissionScopes, info };
    const abroad = await resource("GET", `/servicePrincipals/${String(letIn.body["id"])}`);
    expect(abroad.body).toMatchObject({ ...offered, appDescription: "ledger" });
    const own = await home("GET", `/servicePrincipals/${String(atHome.body["id"])}`);
    expect(own.body).toMatchObject({ ...offered, appDescription: "changed" });
  });
});

describe("Update and delete servicePrincipal (graph/api/serviceprincipal-update)", () => {
  it("refuses a service principal of another tenant as if it did not exist", async () => {
    const home = deployerClient(world, 0);
    const path = `/servicePrincipals/${world.principal.objectId}`;
    expect(await refusal(home("DELETE", path))).toMatchObject({ status: 404 });
  });

  it("refuses to delete a managed identity's: it goes with the identity", async () => {
    world.azure.state.servicePrincipals.set(world.identity.objectId, {
      ...world.identity,
      tenantId: RESOURCE,
    });
    const path = `/servicePrincipals/${world.identity.objectId}`;
    expect(await refusal(resource("DELETE", path))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "Service principals of managed identities cannot be deleted directly.",
    });
  });

  it("cuts the exchange off by accountEnabled false, and by deletion", async () => {
    const path = `/servicePrincipals/${world.principal.objectId}`;
    expect((await resource("PATCH", path, { accountEnabled: false })).status).toBe(204);
    expect(await code()).toBe(7000112);
    await resource("PATCH", path, { accountEnabled: true });
    expect((await resource("DELETE", path)).status).toBe(204);
    expect(await code()).toBe(7000229);
  });
});

describe("Microsoft Graph error responses (graph/errors)", () => {
  it("refuses a request without token", async () => {
    const response = await createGraph(world.azure).request("/v1.0/servicePrincipals", {
      headers: { "client-request-id": RESOURCE },
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: {
        code: "InvalidAuthenticationToken",
        message: "Access token is empty.",
        innerError: {
          date: "2026-01-15T12:00:00",
          "request-id": response.headers.get("request-id"),
          "client-request-id": RESOURCE,
        },
      },
    });
  });

  it("refuses a token for another resource", async () => {
    const { access_token } = (await (await requestToken(world)).json()) as { access_token: string };
    const response = await createGraph(world.azure).request("/v1.0/servicePrincipals", {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(await response.json()).toMatchObject({
      error: {
        code: "InvalidAuthenticationToken",
        message: "Access token validation failure. Invalid audience.",
      },
    });
  });
});

/** Takes the application's service principal away. */
function forget(): void {
  world.azure.state.servicePrincipals.delete(world.principal.objectId);
}

/** Replaces the resource deployer's Graph permissions. */
function grant(...graphPermissions: string[]): void {
  const id = defaultSeed.tenants[1]?.deployer.objectId ?? "";
  const deployer = world.azure.state.servicePrincipals.get(id);
  if (deployer === undefined) throw new Error("no deployer");
  world.azure.state.servicePrincipals.set(id, { ...deployer, graphPermissions });
  resource = deployerClient(world, 1);
}

async function code(): Promise<number | undefined> {
  const body = (await (await requestToken(world)).json()) as { error_codes: number[] };
  return body.error_codes[0];
}
