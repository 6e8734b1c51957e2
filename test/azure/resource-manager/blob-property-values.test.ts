import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { homeOwner, refusalOf, type HomeOwner } from "./home-owner.ts";

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
      deleteRetentionPolicy: { enabled: false },
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
