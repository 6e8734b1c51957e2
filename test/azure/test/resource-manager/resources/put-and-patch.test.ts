import { objectField } from "../../../src/base/json.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner, namesIn, refusalOf } from "../home-owner.ts";

// Documents: REST references "Create Or Update" and "Update" of the types; "Asynchronous operations and resource provider
// contract": a PUT replaces, a PATCH changes what it names, properties that are null or read only change nothing.

let world: HomeOwner;
let provider: string;

beforeAll(async () => {
  world = await homeOwner();
  provider = `${world.group}/providers`;
});

afterAll(() => world.appService.close());

const tags = { stage: "dev" };
const accountBody = {
  location: "westeurope",
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
  tags,
};
const account = () => `${provider}/Microsoft.Storage/storageAccounts/written`;
const plan = () => `${provider}/Microsoft.Web/serverfarms/plan`;
const site = () => `${provider}/Microsoft.Web/sites/written`;

describe("A body with what would not be kept", () => {
  it.each([
    ["Microsoft.Storage/storageAccounts", "identity", { type: "SystemAssigned" }],
    ["Microsoft.Storage/storageAccounts", "extendedLocation", { name: "edge", type: "EdgeZone" }],
    ["Microsoft.Compute/virtualMachines", "zones", ["1"]],
    ["Microsoft.Web/sites", "managedBy", "/subscriptions/other"],
  ])("refuses %s with %s, with 501", async (type, name, value) => {
    const answer = await world.owner("PUT", `${provider}/${type}/kept`, {
      ...accountBody,
      [name]: value,
    });
    const message = `'${name}' of '${type}' is not emulated`;
    expect(refusalOf(answer)).toEqual([501, "NotImplemented", message]);
    expect((await world.owner("HEAD", `${provider}/${type}/kept`)).status).toBe(404);
  });

  it("refuses a resource group that another resource manages, with 501", async () => {
    const body = { location: "westeurope", managedBy: "/subscriptions/other" };
    expect(refusalOf(await world.owner("PUT", `${world.group}2`, body))).toEqual([
      501,
      "NotImplemented",
      "'managedBy' of 'resourceGroups' is not emulated",
    ]);
  });
});

describe("A storage account", () => {
  it("keeps what a body says that is null or read only", async () => {
    const accepted = await world.owner("PUT", account(), {
      ...accountBody,
      identity: { type: "None" },
      zones: null,
      properties: { accessTier: "Cool", networkAcls: null, minimumTlsVersion: null },
    });
    expect(accepted.status).toBe(202);
    const { body } = await world.owner("GET", account());
    expect(body["properties"]).toMatchObject({
      accessTier: "Cool",
      networkAcls: { defaultAction: "Allow" },
      minimumTlsVersion: "TLS1_0",
    });
    const properties = {
      primaryEndpoints: { blob: "https://elsewhere/" },
      creationTime: "2000-01-01T00:00:00Z",
      accessTier: null,
    };
    for (const method of ["PUT", "PATCH"])
      expect((await world.owner(method, account(), { ...accountBody, properties })).body).toEqual(
        body,
      );
  });

  it("is as it was when it is written as it was answered", async () => {
    const { body } = await world.owner("GET", account());
    expect((await world.owner("PUT", account(), body)).body).toEqual(body);
  });

  it("loses the tags that a PUT leaves out, and keeps them over a PATCH", async () => {
    const { tags: _, ...untagged } = accountBody;
    expect((await world.owner("PATCH", account(), {})).body["tags"]).toEqual(tags);
    expect((await world.owner("PUT", account(), untagged)).body["tags"]).toEqual({});
  });
});

describe("A blob container", () => {
  it("is never under a legal hold, whatever a body says", async () => {
    const container = `${account()}/blobServices/default/containers/held`;
    const properties = { hasLegalHold: true, leaseState: "Leased", metadata: { a: "1" } };
    expect((await world.owner("PUT", container, { properties })).status).toBe(201);
    expect((await world.owner("GET", container)).body["properties"]).toMatchObject({
      hasLegalHold: false,
      leaseState: "Available",
      metadata: { a: "1" },
    });
  });
});

describe("An App Service plan", () => {
  it("changes by PATCH what the body names", async () => {
    const sku = { name: "B1", capacity: 2 };
    await world.owner("PUT", plan(), { location: "westeurope", sku, tags, kind: "linux" });
    const properties = { reserved: true, status: "Creating" };
    const { body } = await world.owner("PATCH", plan(), { sku: { name: "B2" }, properties });
    expect(body).toMatchObject({
      kind: "linux",
      tags,
      sku: { name: "B2", tier: "Basic", capacity: 2 },
      properties: { reserved: true, status: "Ready" },
    });
  });
});

const settings = async () =>
  (await world.owner("POST", `${site()}/config/appsettings/list`)).body["properties"];

describe("A plan whose last site is deleted", () => {
  it.each([
    ["goes with it", "", 404],
    ["stays with deleteEmptyServerFarm=false", "?deleteEmptyServerFarm=false", 200],
  ])("%s", async (_, query, status) => {
    const empty = `${plan()}-empty`;
    await world.owner("PUT", empty, { location: "westeurope", properties: { reserved: true } });
    const [one, two] = [`${site()}-1`, `${site()}-2`];
    const body = { location: "westeurope", properties: { serverFarmId: empty } };
    for (const id of [one, two]) await world.owner("PUT", id, body);
    await world.owner("DELETE", one);
    expect(namesIn(await world.owner("GET", `${empty}/sites`))).toEqual(["written-2"]);
    expect((await world.owner("DELETE", `${two}${query}`)).status).toBe(200);
    expect((await world.owner("GET", empty)).status).toBe(status);
  });
});

describe("A site", () => {
  it("keeps its application settings when it is written as it was answered", async () => {
    const appSettings = [{ name: "GREETING", value: "hello" }];
    const properties = { serverFarmId: plan(), siteConfig: { appSettings, alwaysOn: true } };
    const body = { location: "westeurope", properties, tags };
    expect((await world.owner("PUT", site(), body)).status).toBe(200);
    const read = async () => {
      const { lastModifiedTimeUtc: _, ...rest } = objectField(
        (await world.owner("GET", site())).body,
        "properties",
      );
      return rest;
    };
    const created = await read();
    await world.owner("PUT", site(), (await world.owner("GET", site())).body);
    expect(await read()).toEqual(created);
    expect(await settings()).toEqual({ GREETING: "hello" });
    const config = await world.owner("GET", `${site()}/config/web`);
    expect((await world.owner("PUT", `${site()}/config/web`, config.body)).status).toBe(200);
    expect(await settings()).toEqual({ GREETING: "hello" });
  });

  it("keeps its tags over a PATCH", async () => {
    const properties = { httpsOnly: true };
    expect((await world.owner("PATCH", site(), { properties })).body).toMatchObject({
      tags,
      properties: { httpsOnly: true },
    });
  });
});
