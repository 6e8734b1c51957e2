import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner, refusalOf } from "../home-owner.ts";

// Documents: REST references of the types; "Naming rules and restrictions for Azure resources". Azure's texts, where they
// were observed: Azure/azure-cli issues 25748 and 7602, hashicorp/terraform-provider-azurerm issues 8089 and 25205.

let world: HomeOwner;
beforeAll(async () => {
  world = await homeOwner();
});
afterAll(() => world.appService.close());

const identity = (name: string) =>
  `${world.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
const web = (type: string, name: string) =>
  `${world.group}/providers/Microsoft.Web/${type}/${name}`;

const accountBody = (changes: object = {}) => ({
  location: "westeurope",
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
  ...changes,
});

const account = () => `${world.group}/providers/Microsoft.Storage/storageAccounts/values`;

describe("Locations", () => {
  it("refuses one that there is not, for a resource group", async () => {
    const { status, error } = await world.owner("PUT", `${world.group}2`, { location: "Canada" });
    expect([status, error.code]).toEqual([400, "LocationNotAvailableForResourceGroup"]);
    expect(error.message).toMatch(
      /^The provided location 'Canada' is not available for resource group. List of available regions is 'eastus,eastus2,/,
    );
  });

  it("refuses one that there is not, for a resource", async () => {
    const { status, error } = await world.owner("PUT", identity("one"), { location: "mars" });
    expect([status, error.code]).toEqual([400, "LocationNotAvailableForResourceType"]);
    expect(error.message).toMatch(
      /^The provided location 'mars' is not available for resource type 'Microsoft.ManagedIdentity\/userAssignedIdentities'. List of available regions for the resource type is 'eastus,/,
    );
  });

  it("refuses to move a resource, and takes its location in both spellings", async () => {
    const created = await world.owner("PUT", identity("moved"), { location: "West Europe" });
    expect([created.status, created.body["location"]]).toEqual([201, "westeurope"]);
    const moved = await world.owner("PUT", identity("moved"), { location: "northeurope" });
    expect(refusalOf(moved)).toEqual([
      409,
      "InvalidResourceLocation",
      "The resource 'moved' already exists in location 'westeurope' in resource group 'rg'. A resource with the same name cannot be created in location 'northeurope'. Please select a new resource name.",
    ]);
    const again = await world.owner("PUT", identity("moved"), { location: "WestEurope" });
    expect([again.status, again.body]).toEqual([200, created.body]);
  });
});

describe("Resource group names", () => {
  it("refuses characters that they cannot have", async () => {
    const target = `${world.subscription}/resourceGroups/a$b!`;
    expect(refusalOf(await world.owner("PUT", target, { location: "westeurope" }))).toEqual([
      400,
      "InvalidResourceGroup",
      "The provided resource group name 'a$b!' has these invalid characters: '$!'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.",
    ]);
  });

  it.each([
    ["a.", "InvalidResourceGroup", "cannot end with a period"],
    ["x".repeat(91), "ResourceGroupNameTooLong", "exceeds the maximum length of '90'"],
  ])("refuses %s", async (name, code, text) => {
    const target = `${world.subscription}/resourceGroups/${name}`;
    const { status, error } = await world.owner("PUT", target, { location: "westeurope" });
    expect([status, error.code]).toEqual([400, code]);
    expect(error.message).toContain(text);
  });
});

describe("Names of user-assigned identities", () => {
  it.each(["ab", "-abc", "_abc", "a.b", "a b", "é12", "x".repeat(129)])(
    "refuses %s",
    async (name) => {
      const target = identity(encodeURIComponent(name));
      expect(refusalOf(await world.owner("PUT", target, { location: "westeurope" }))).toEqual([
        400,
        "BadRequest",
        `The resource name '${name}' is invalid. It must have 3 to 128 letters, digits, '-' and '_', and begin with a letter or a digit.`,
      ]);
    },
  );

  it.each(["abc", "1_-", "x".repeat(128)])("takes %s", async (name) => {
    const made = await world.owner("PUT", identity(name), { location: "westeurope" });
    expect([made.status, made.body["name"]]).toEqual([201, name]);
  });
});

describe("Storage accounts", () => {
  it.each([
    [{ kind: "StorageV9" }, "kind"],
    [{ kind: undefined }, "kind"],
    [{ sku: { name: "Standard_XRS" } }, "sku"],
    [{ kind: "Blob", sku: { name: "Premium" } }, "kind, sku"],
    [{ sku: { name: "Premium_ZRS" } }, "kind, sku"],
    [{ kind: "BlockBlobStorage" }, "kind, sku"],
  ])("refuses %o", async (changes, names) => {
    expect(refusalOf(await world.owner("PUT", account(), accountBody(changes)))).toEqual([
      400,
      "InvalidValuesForRequestParameters",
      `Values for request parameters are invalid: ${names}. For more information, see - https://aka.ms/storageaccounttypes`,
    ]);
  });

  it.each([
    ["minimumTlsVersion", "1.2"],
    ["accessTier", "Warm"],
    ["publicNetworkAccess", "enabled"],
    ["allowSharedKeyAccess", "false"],
  ])("refuses %s %s, also in a PATCH", async (name, value) => {
    const refusal = [
      400,
      "InvalidRequestPropertyValue",
      `The value '${value}' is not allowed for property ${name}. For more information, see - https://aka.ms/storageaccountproperties`,
    ];
    const properties = { [name]: value };
    expect(refusalOf(await world.owner("PUT", account(), accountBody({ properties })))).toEqual(
      refusal,
    );
    const kept = account().replace("values", "patched");
    await world.owner("PUT", kept, accountBody());
    expect(refusalOf(await world.owner("PATCH", kept, { properties }))).toEqual(refusal);
  });

  it("takes a default action in any case, and answers it in its own", async () => {
    const properties = { networkAcls: { defaultAction: "deny" } };
    const named = account().replace("values", "denying");
    await world.owner("PUT", named, accountBody({ properties }));
    const { body } = await world.owner("GET", named);
    expect(body["properties"]).toMatchObject({ networkAcls: { defaultAction: "Deny" } });
  });

  it("refuses days until keys expire that are negative", async () => {
    const properties = { keyPolicy: { keyExpirationPeriodInDays: -260 } };
    expect(refusalOf(await world.owner("PUT", account(), accountBody({ properties })))).toEqual([
      400,
      "InvalidValuesForRequestParameters",
      "Values for request parameters are invalid: keyPolicy.keyExpirationPeriodInDays.",
    ]);
  });

  it("refuses a default action that there is not", async () => {
    const properties = { networkAcls: { defaultAction: "Block" } };
    const { status, error } = await world.owner("PUT", account(), accountBody({ properties }));
    expect([status, error.code]).toEqual([400, "InvalidRequestPropertyValue"]);
    expect(error.message).toContain("property networkAcls.defaultAction");
  });

  it("answers the SKU's tier and keeps the time of creation", async () => {
    await world.owner("PUT", account(), accountBody());
    const first = (await world.owner("GET", account())).body;
    expect(first["sku"]).toEqual({ name: "Standard_LRS", tier: "Standard" });
    expect((await world.owner("PUT", account(), accountBody())).body).toEqual(first);
  });
});

describe("App Service plans and sites", () => {
  it("refuses a SKU that there is not", async () => {
    const body = { location: "westeurope", sku: { name: "SHARED" } };
    expect(refusalOf(await world.owner("PUT", web("serverfarms", "plan"), body))).toEqual([
      400,
      "BadRequest",
      "The parameter SKU.Name has an invalid value.",
    ]);
  });

  it.each(["a b", "a.b", "plan!", "x".repeat(61)])("refuses a plan named %s", async (name) => {
    const target = web("serverfarms", encodeURIComponent(name));
    expect(refusalOf(await world.owner("PUT", target, { location: "westeurope" }))).toEqual([
      400,
      "BadRequest",
      `The parameter name has an invalid value: '${name}'. A plan's name has 1 to 60 letters, digits, hyphens and underscores.`,
    ]);
  });

  it.each(["p", "asp_linux-1", "x".repeat(60)])("takes a plan named %s", async (name) => {
    const made = await world.owner("PUT", web("serverfarms", name), { location: "westeurope" });
    expect([made.status, made.body["name"]]).toEqual([200, name]);
  });

  it.each([
    ["SKU.Capacity", { sku: { name: "B1", capacity: 0 } }],
    ["SKU.Capacity", { sku: { name: "B1", capacity: -1 } }],
    ["SKU.Capacity", { sku: { name: "B1", capacity: 1.5 } }],
    ["SKU.Capacity", { sku: { name: "B1", capacity: "2" } }],
    ["SKU.Capacity", { sku: { name: "Y1", capacity: -1 } }],
    ["Reserved", { sku: { name: "B1" }, properties: { reserved: "true" } }],
    ["Reserved", { sku: { name: "B1" }, properties: { reserved: 1 } }],
  ])("refuses %s in %j, also in a PATCH", async (parameter, values) => {
    const refusal = [400, "BadRequest", `The parameter ${parameter} has an invalid value.`];
    const [target, location] = [web("serverfarms", "valued"), "westeurope"];
    await world.owner("PUT", target, { location, sku: { name: "B1" } });
    const made = await world.owner("GET", target);
    expect(refusalOf(await world.owner("PUT", target, { location, ...values }))).toEqual(refusal);
    expect(refusalOf(await world.owner("PATCH", target, values))).toEqual(refusal);
    expect((await world.owner("GET", target)).body).toEqual(made.body);
  });

  it("takes a capacity of 0 for a plan that has no workers of its own", async () => {
    const sku = { name: "Y1", capacity: 0 };
    const plan = await world.owner("PUT", web("serverfarms", "serverless"), {
      location: "westeurope",
      sku,
    });
    expect(plan.body["sku"]).toMatchObject(sku);
  });

  it("answers what follows from the SKU's name, whatever the body says", async () => {
    const sku = { name: "p1V3", tier: "Free", size: "F1", capacity: 2 };
    const plan = await world.owner("PUT", web("serverfarms", "plan"), {
      location: "westeurope",
      sku,
    });
    expect(plan.body["sku"]).toEqual({
      name: "P1v3",
      tier: "PremiumV3",
      size: "P1v3",
      family: "Pv3",
      capacity: 2,
    });
  });

  it.each(["a", "-site", "site-", "my_site", "x".repeat(61)])(
    "refuses the name %s",
    async (name) => {
      const properties = { serverFarmId: web("serverfarms", "plan") };
      const body = { location: "westeurope", properties };
      const { status, error } = await world.owner("PUT", web("sites", name), body);
      expect([status, error.code]).toEqual([400, "BadRequest"]);
      expect(error.message).toContain(`The parameter name has an invalid value: '${name}'.`);
    },
  );

  it.each(["userassigned", "All", "SystemAssigned; UserAssigned"])(
    "refuses an identity of type %s",
    async (type) => {
      await world.owner("PUT", web("serverfarms", "plan"), { location: "westeurope" });
      const properties = { serverFarmId: web("serverfarms", "plan") };
      const body = { location: "westeurope", identity: { type }, properties };
      expect(refusalOf(await world.owner("PUT", web("sites", "identity"), body))).toEqual([
        400,
        "CannotSetResourceIdentity",
        `Resource type 'Microsoft.Web/sites' does not support creation of '${type}' resource identity. The supported types are 'SystemAssigned, UserAssigned'.`,
      ]);
    },
  );

  it("says beforehand whether a site's name is free", async () => {
    await world.owner("PUT", web("serverfarms", "plan"), { location: "westeurope" });
    const properties = { serverFarmId: web("serverfarms", "plan") };
    await world.owner("PUT", web("sites", "taken"), { location: "westeurope", properties });
    const check = async (name: string, type = "Microsoft.Web/sites") =>
      world.owner("POST", `${world.subscription}/providers/Microsoft.Web/checknameavailability`, {
        name,
        type,
      });
    expect((await check("free")).body).toEqual({ nameAvailable: true, reason: "", message: "" });
    expect((await check("TAKEN", "Site")).body).toEqual({
      nameAvailable: false,
      reason: "AlreadyExists",
      message: "Hostname 'TAKEN' already exists. Please select a different name.",
    });
    expect((await check("a")).body).toMatchObject({ nameAvailable: false, reason: "Invalid" });
    expect((await check("free", "Slot")).status).toBe(501);
  });
});
