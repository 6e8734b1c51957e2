import { beforeAll, describe, expect, it } from "vitest";
import { createAppService } from "../../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import { createKeyVault } from "../../../src/key-vault/key-vault.ts";
import { createResourceManager } from "../../../src/resource-manager/resource-manager.ts";
import { createMetadata } from "../../../src/surroundings/cloud-metadata.ts";
import { homeOwner, type HomeOwner, namesIn, refusalOf } from "../home-owner.ts";

// Documents: REST references "Tenants", "Subscriptions", "Providers"; "Resolve errors for resource provider registration".

let world: HomeOwner;
beforeAll(async () => {
  world = await homeOwner();
});

const provider = (name: string) => `${world.subscription}/providers/${name}`;

describe("Subscriptions", () => {
  it("refuses an id that is no GUID", async () => {
    expect(refusalOf(await world.owner("GET", "/subscriptions/mine"))).toEqual([
      400,
      "InvalidSubscriptionId",
      "The provided subscription identifier 'mine' is malformed or invalid.",
    ]);
  });

  it("refuses a request without a token, and tells whose subscription it is", async () => {
    const { azure, home } = world.tenants;
    const app = createResourceManager(
      azure,
      createAppService(azure, issueManagedIdentityToken),
      createKeyVault(azure),
      createMetadata(azure),
    );
    const response = await app.request(`${world.subscription}?api-version=2022-12-01`);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain(
      `Bearer authorization_uri="https://localhost:9001/${home.tenantId}", error="invalid_token"`,
    );
  });

  it("tells the cloud's endpoints to whoever asks, without a token, and with a slash too many", async () => {
    const { azure } = world.tenants;
    const app = createResourceManager(
      azure,
      createAppService(azure, issueManagedIdentityToken),
      createKeyVault(azure),
      createMetadata(azure),
    );
    for (const path of ["/metadata/endpoints", "//metadata/endpoints"]) {
      const response = await app.request(`https://localhost:9002${path}?api-version=2022-09-01`);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        authentication: { loginEndpoint: "https://localhost:9001" },
      });
    }
    expect((await app.request("/metadata/other?api-version=2022-09-01")).status).toBe(401);
  });

  it("shows one to whoever has a role anywhere in it, and to nobody else", async () => {
    const { tenants, as, group } = world;
    const reader = tenants.principal(tenants.home);
    expect((await as(reader)("GET", "/subscriptions")).body["value"]).toEqual([]);
    tenants.grant(reader, "Reader", group);
    const { body } = await as(reader)("GET", "/subscriptions");
    const { tenantId, subscriptionId } = tenants.home;
    expect(body["value"]).toMatchObject([
      { id: world.subscription, subscriptionId, tenantId, state: "Enabled" },
    ]);
  });

  it("shows one to nobody whose roles are for data only", async () => {
    const { tenants, as, group } = world;
    const user = tenants.principal(tenants.home);
    tenants.grant(user, "Key Vault Secrets User", group);
    expect((await as(user)("GET", "/subscriptions")).body["value"]).toEqual([]);
  });

  it("names the caller's own tenant alone", async () => {
    const { tenants, as } = world;
    const { body } = await as(tenants.principal(tenants.other))("GET", "/tenants");
    expect(body["value"]).toMatchObject([{ tenantId: tenants.other.tenantId }]);
  });

  it("lists regions by both of their names", async () => {
    const { body } = await world.owner("GET", `${world.subscription}/locations`);
    expect(body["value"]).toContainEqual(
      expect.objectContaining({ name: "westeurope", displayName: "West Europe" }),
    );
  });
});

describe("Resource Providers", () => {
  it("refuses types of a provider that is not registered, until it is", async () => {
    await world.owner("POST", `${provider("Microsoft.Web")}/unregister`);
    const plans = `${world.group}/providers/Microsoft.Web/serverfarms`;
    expect(refusalOf(await world.owner("GET", plans))).toEqual([
      409,
      "MissingSubscriptionRegistration",
      "The subscription is not registered to use namespace 'Microsoft.Web'. See https://aka.ms/rps-not-found for how to register subscriptions.",
    ]);
    const { body } = await world.owner("POST", `${provider("Microsoft.Web")}/register`);
    expect(body["registrationState"]).toBe("Registered");
    expect((await world.owner("GET", plans)).status).toBe(200);
  });

  it("refuses to register with a reader's role", async () => {
    const { tenants, as, subscription } = world;
    const reader = tenants.principal(tenants.home);
    tenants.grant(reader, "Reader", subscription);
    const path = `${provider("Microsoft.Web")}/register`;
    const { status, error } = await as(reader)("POST", path);
    expect([status, error.code]).toEqual([403, "AuthorizationFailed"]);
    expect(error.message).toContain(
      `perform action 'Microsoft.Web/register/action' over scope '${subscription}'`,
    );
  });

  it("refuses a provider that is not emulated with 501", async () => {
    const { status, error } = await world.owner("GET", provider("Microsoft.Sql"));
    expect([status, error.code]).toEqual([501, "NotImplemented"]);
    expect(error.message).toContain("the resource provider 'Microsoft.Sql' is not emulated");
  });

  it("tells the types, versions and places of each", async () => {
    const { body } = await world.owner("GET", provider("microsoft.storage"));
    expect(body).toMatchObject({
      namespace: "Microsoft.Storage",
      registrationState: "Registered",
      resourceTypes: [
        { resourceType: "storageAccounts" },
        { resourceType: "storageAccounts/blobServices" },
      ],
    });
    const [type] = body["resourceTypes"] as { apiVersions: string[]; locations: string[] }[];
    expect(type?.apiVersions).toContain("2023-05-01");
    expect(type?.locations).toContain("West Europe");
  });

  it("keeps Microsoft.Authorization, which everybody has", async () => {
    await world.owner("POST", `${provider("Microsoft.Authorization")}/unregister`);
    const roles = `${world.subscription}/providers/Microsoft.Authorization/roleDefinitions`;
    expect(namesIn(await world.owner("GET", roles)).length).toBeGreaterThan(0);
  });
});
