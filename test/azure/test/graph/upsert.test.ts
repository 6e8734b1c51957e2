import { beforeEach, describe, expect, it } from "vitest";
import { RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { clientWith, deployer, deployerClient, type GraphClient, refusal } from "./graph-client.ts";

const upsert = { prefer: "create-if-missing" };

let world: TwoTenants;
let home: GraphClient;
beforeEach(async () => {
  world = await twoTenants();
  world.application.owners = [deployer(world, 0).objectId];
  home = deployerClient(world, 0);
});

describe("Upsert application (graph/api/application-upsert)", () => {
  const path = "/applications(uniqueName='app-65278')";

  it("refuses to update what is not there without Prefer: create-if-missing", async () => {
    expect(await refusal(home("PATCH", path, { displayName: "x" }))).toEqual(missing("app-65278"));
  });

  it("refuses to create under a key that the directory gives", async () => {
    const id = "33333333-3333-4333-8333-333333333333";
    for (const key of [`/applications/${id}`, `/applications(appId='${id}')`]) {
      const made = home("PATCH", key, { displayName: "x" }, upsert);
      expect(await refusal(made)).toEqual(missing(id));
    }
  });

  it("refuses to create without displayName", async () => {
    expect(await refusal(home("PATCH", path, {}, upsert))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "A value is required for property 'displayName' of resource 'Application'.",
    });
  });

  it("refuses to update another's application under OwnedBy", async () => {
    await home("PATCH", path, { displayName: "x" }, upsert);
    const [made] = [...world.azure.state.applications.values()].slice(-1);
    if (made !== undefined) made.owners = [];
    expect(await refusal(home("PATCH", path, { displayName: "y" }, upsert))).toMatchObject({
      status: 403,
      code: "Authorization_RequestDenied",
    });
  });

  it("creates once, then updates, and is the tenant's own", async () => {
    // A key is unique in its tenant only.
    const elsewhere = deployerClient(world, 1);
    expect((await elsewhere("PATCH", path, { displayName: "other" }, upsert)).status).toBe(201);
    const made = await home("PATCH", path, { displayName: "first" }, upsert);
    expect(made).toMatchObject({ status: 201, body: { uniqueName: "app-65278" } });
    const again = await home("PATCH", path, { displayName: "second" }, upsert);
    expect(again.status).toBe(204);
    expect((await home("GET", path)).body).toMatchObject({
      id: made.body["id"],
      displayName: "second",
    });
    expect((await elsewhere("GET", path)).body).toMatchObject({ displayName: "other" });
  });
});

describe("Upsert federatedIdentityCredential (graph/api/federatedidentitycredential-upsert)", () => {
  const values = {
    issuer: "https://login.localhost/tenant/v2.0",
    subject: "subject",
    audiences: ["api://AzureADTokenExchange"],
  };
  it("refuses to update what is not there without Prefer: create-if-missing", async () => {
    expect(await refusal(home("PATCH", credential("second"), values))).toEqual(missing("second"));
  });

  it("refuses a name out of form and a body with another name", async () => {
    expect(await refusal(home("PATCH", credential("-x"), values, upsert))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "Federated Identity Credential name '-x' is invalid.",
    });
    const other = { ...values, name: "third" };
    expect(await refusal(home("PATCH", credential("second"), other, upsert))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "Property 'name' is read-only and cannot be set.",
    });
  });

  it("refuses to create what an application has already under another name", async () => {
    const { issuer, subject } = world.credential;
    const taken = home("PATCH", credential("second"), { ...values, issuer, subject }, upsert);
    expect(await refusal(taken)).toMatchObject({
      status: 400,
      code: "InvalidFederatedIdentityCredentialValue",
    });
  });

  it("creates once, then updates", async () => {
    const made = await home("PATCH", credential("second"), values, upsert);
    expect(made).toMatchObject({ status: 201, body: { ...values, name: "second" } });
    const change = { ...values, subject: "other" };
    expect((await home("PATCH", credential("second"), change, upsert)).status).toBe(204);
    expect((await home("GET", credential("second"))).body).toMatchObject({
      id: made.body["id"],
      subject: "other",
    });
    expect(world.application.federatedIdentityCredentials.size).toBe(2);
  });
});

describe("Upsert servicePrincipal (graph/api/serviceprincipal-upsert)", () => {
  it("refuses to update what is not there without Prefer: create-if-missing", async () => {
    const { appId } = world.application;
    expect(await refusal(home("PATCH", principal(), {}))).toEqual(missing(appId));
  });

  it("refuses an application of another tenant under OwnedBy", async () => {
    world.azure.state.servicePrincipals.delete(world.principal.objectId);
    const resource = clientWith(world, 1, "Application.ReadWrite.OwnedBy");
    expect(await refusal(resource("PATCH", principal(), {}, upsert))).toEqual({
      status: 403,
      code: "Authorization_RequestDenied",
      message:
        "When using this permission, the backing application of the service principal being created must in the local tenant",
    });
  });

  it("creates once, then updates", async () => {
    world.azure.state.servicePrincipals.delete(world.principal.objectId);
    const resource = deployerClient(world, 1);
    const made = await resource("PATCH", principal(), { tags: ["a"] }, upsert);
    expect(made).toMatchObject({ status: 201, body: { tags: ["a"] } });
    expect((await resource("PATCH", principal(), { tags: ["b"] }, upsert)).status).toBe(204);
    const stored = world.azure.state.servicePrincipals.get(String(made.body["id"]));
    expect(stored).toMatchObject({ tenantId: RESOURCE, settings: { tags: ["b"] } });
  });
});

function credential(name: string): string {
  const { appId } = world.application;
  return `/applications(appId='${appId}')/federatedIdentityCredentials(name='${name}')`;
}

function principal(): string {
  return `/servicePrincipals(appId='${world.application.appId}')`;
}

function missing(id: string) {
  return {
    status: 404,
    code: "Request_ResourceNotFound",
    message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  };
}
