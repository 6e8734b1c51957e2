import { beforeEach, describe, expect, it } from "vitest";
import { defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import { requestToken } from "../entra/exchange-client.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { deployerClient, type GraphClient, refusal } from "./graph-client.ts";

const body = {
  name: "second",
  issuer: "https://login.localhost/tenant/v2.0",
  subject: "subject",
  audiences: ["api://AzureADTokenExchange"],
};

let world: TwoTenants;
let home: GraphClient;
let path: string;
beforeEach(async () => {
  world = await twoTenants();
  world.application.owners = [defaultSeed.tenants[0]?.deployer.objectId ?? ""];
  home = deployerClient(world, 0);
  path = `/applications/${world.application.objectId}/federatedIdentityCredentials`;
});

describe("federatedIdentityCredential resource type (graph/api/resources/federatedidentitycredential)", () => {
  it("refuses a caller that does not own the application", async () => {
    world.application.owners = [];
    expect(await refusal(home("POST", path, body))).toEqual({
      status: 403,
      code: "Authorization_RequestDenied",
      message: "Insufficient privileges to complete the operation.",
    });
  });

  it.each([
    { audiences: [], how: "none" },
    { audiences: ["a", "b"], how: "two" },
    { audiences: "a", how: "a text" },
  ])("refuses $how as audiences", async ({ audiences }) => {
    expect(await refusal(home("POST", path, { ...body, audiences }))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "Federated identity credentials must have exactly one audience.",
    });
  });

  it.each(["ab", "-abc", "a b c", "a".repeat(121)])("refuses the name %s", async (name) => {
    expect(await refusal(home("POST", path, { ...body, name }))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: `Federated Identity Credential name '${name}' is invalid.`,
    });
  });

  it.each(["issuer", "subject", "description"])(
    "refuses a %s of more than 600",
    async (property) => {
      const tooLong = { ...body, [property]: "a".repeat(601) };
      expect(await refusal(home("POST", path, tooLong))).toEqual({
        status: 400,
        code: "Request_BadRequest",
        message: `Invalid value specified for property '${property}' of resource 'FederatedIdentityCredential'.`,
      });
    },
  );

  it.each(["name", "issuer", "subject"])("refuses a body without %s", async (property) => {
    expect(await refusal(home("POST", path, { ...body, [property]: undefined }))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: `A value is required for property '${property}' of resource 'FederatedIdentityCredential'.`,
    });
  });

  it("refuses a name that is taken", async () => {
    expect(await refusal(home("POST", path, { ...body, name: "site" }))).toEqual({
      status: 409,
      code: "Request_MultipleObjectsWithSameKeyValue",
      message: "FederatedIdentityCredential with name site already exists.",
    });
  });

  it("refuses issuer and subject that are taken, at creation and at a change", async () => {
    const { issuer, subject } = world.credential;
    const taken = {
      status: 400,
      code: "InvalidFederatedIdentityCredentialValue",
      message: `The combination of issuer and subject must be unique for the application. Issuer ${issuer} and Subject: ${subject} already exist. paramName: FederatedIdentityCredential.Subject, paramValue: ${subject}, objectType: Microsoft.Online.DirectoryServices.Application`,
    };
    expect(await refusal(home("POST", path, { ...body, issuer, subject }))).toEqual(taken);
    const made = await home("POST", path, body);
    const second = `${path}/${String(made.body["id"])}`;
    expect(await refusal(home("PATCH", second, { issuer, subject }))).toEqual(taken);
  });

  it("refuses the 21st credential", async () => {
    for (let count = 2; count <= 20; count += 1) {
      const next = { ...body, name: `credential-${count}`, subject: `subject-${count}` };
      expect((await home("POST", path, next)).status).toBe(201);
    }
    expect(await refusal(home("POST", path, body))).toEqual({
      status: 403,
      code: "Directory_QuotaExceeded",
      message: "The application cannot have more than 20 federated identity credentials.",
    });
  });

  it("refuses to rename", async () => {
    const change = { name: "renamed" };
    expect(await refusal(home("PATCH", `${path}/${world.credential.id}`, change))).toMatchObject({
      status: 400,
      code: "Request_BadRequest",
    });
  });

  it("accepts values that match nothing: they fail at the exchange only", async () => {
    const change = { subject: "nobody" };
    expect((await home("PATCH", `${path}/${world.credential.id}`, change)).status).toBe(204);
    expect((await requestToken(world)).status).toBe(401);
  });

  it("creates, reads by id and by name, lists and deletes, under either address of the application", async () => {
    const byKey = `/applications(appId='${world.application.appId}')/federatedIdentityCredentials`;
    const made = await home("POST", byKey, body);
    expect(made).toMatchObject({ status: 201, body: { ...body, description: null } });
    const id = String(made.body["id"]);
    expect((await home("GET", `${path}/second`)).body).toMatchObject({ id, ...body });
    expect((await home("GET", path)).body["value"]).toHaveLength(2);
    expect((await home("DELETE", `${path}/${id}`)).status).toBe(204);
    expect((await home("GET", `${path}/${id}`)).status).toBe(404);
  });
});
