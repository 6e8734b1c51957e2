import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner, refusalOf } from "../home-owner.ts";

// Documents: REST references "Blob Services" and "Blob Containers". Observed: Azure/arm-template-whatif issue 354 (the form of
// the text), Azure/azure-cli issue 28450 (days that Azure takes all the same).

let world: HomeOwner;
beforeAll(async () => {
  world = await homeOwner();
  await world.owner("PUT", account(), {
    location: "westeurope",
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    properties: { allowBlobPublicAccess: true },
  });
});
afterAll(() => world.appService.close());

const account = () => `${world.group}/providers/Microsoft.Storage/storageAccounts/values`;
const blobService = () => `${account()}/blobServices/default`;
const container = () => `${blobService()}/containers/values`;

const put = async (properties: object) => world.owner("PUT", blobService(), { properties });

/** What Azure answers to a body that does not fit its model. */
const unreadable = (problem: string) => [
  400,
  "InvalidRequestContent",
  `The request content was invalid and could not be deserialized: '${problem}'.`,
];

describe("Soft delete of a blob service", () => {
  it.each([
    ["deleteRetentionPolicy", 0, "0"],
    ["deleteRetentionPolicy", 366, "366"],
    ["deleteRetentionPolicy", undefined, "null"],
    ["containerDeleteRetentionPolicy", -1, "-1"],
    ["containerDeleteRetentionPolicy", 366, "366"],
  ])("refuses %s for %s days", async (policy, days, shown) => {
    expect(refusalOf(await put({ [policy]: { enabled: true, days } }))).toEqual([
      400,
      "InvalidValuesForRequestParameters",
      `Values for properties.${policy}.days is invalid: ${shown}. It should be between 1 and 365.`,
    ]);
    expect((await world.owner("GET", blobService())).body["properties"]).toEqual({
      cors: { corsRules: [] },
      deleteRetentionPolicy: { allowPermanentDelete: false, enabled: false },
    });
  });

  it.each([
    ["deleteRetentionPolicy", { enabled: true, days: 7.5 }, "'days' must be a whole number"],
    ["deleteRetentionPolicy", { enabled: false, days: "week" }, "'days' must be a whole number"],
    ["deleteRetentionPolicy", { enabled: "true", days: 7 }, "'enabled' must be a boolean"],
    ["deleteRetentionPolicy", 7, "'deleteRetentionPolicy' must be an object"],
    ["containerDeleteRetentionPolicy", [], "'containerDeleteRetentionPolicy' must be an object"],
  ])("refuses %s of %j", async (policy, value, problem) => {
    expect(refusalOf(await put({ [policy]: value }))).toEqual(unreadable(problem));
  });

  it.each([
    { deleteRetentionPolicy: { enabled: true, days: 1 } },
    { deleteRetentionPolicy: { enabled: true, days: 365 } },
    { deleteRetentionPolicy: { enabled: false, days: 0 } },
    { containerDeleteRetentionPolicy: { enabled: true } },
    { containerDeleteRetentionPolicy: { enabled: true, days: 0 } },
    { containerDeleteRetentionPolicy: { enabled: false, days: 0 } },
  ])("takes %j", async (properties) => {
    const { status, body } = await put(properties);
    expect([status, body]).toMatchObject([200, { properties }]);
    await put({});
  });
});

describe("Blob containers", () => {
  it.each([
    [
      { publicAccess: "Public" },
      [
        400,
        "InvalidRequestPropertyValue",
        "The value 'Public' is not allowed for property publicAccess. For more information, see - https://aka.ms/storageaccountproperties",
      ],
    ],
    [{ publicAccess: true }, unreadable("'publicAccess' must be a string")],
    [{ metadata: "a=b" }, unreadable("'metadata' must be an object")],
    [{ metadata: ["a"] }, unreadable("'metadata' must be an object")],
    [{ metadata: { a: 1 } }, unreadable("'metadata.a' must be a string")],
  ])("refuses %j, also in a PATCH", async (properties, refusal) => {
    await world.owner("PUT", container(), {});
    const made = await world.owner("GET", container());
    expect(refusalOf(await world.owner("PUT", container(), { properties }))).toEqual(refusal);
    expect(refusalOf(await world.owner("PATCH", container(), { properties }))).toEqual(refusal);
    expect((await world.owner("GET", container())).body["properties"]).toEqual(
      made.body["properties"],
    );
  });

  it.each(["Container", "Blob", "None"])("takes public access %s", async (publicAccess) => {
    const properties = { publicAccess, metadata: { a: "b" } };
    const { body } = await world.owner("PUT", container(), { properties });
    expect(body).toMatchObject({ properties });
  });
});
