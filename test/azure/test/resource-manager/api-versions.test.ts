import { beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner } from "./home-owner.ts";

// Document: "Resolve errors for invalid API version / resource type".

let world: HomeOwner;
beforeAll(async () => {
  world = await homeOwner();
});

describe("API versions", () => {
  const refused = ["2099-01-01", "2011-01-01", "2024-13-01", "latest"];

  it.each(refused)(
    "refuses %s for a resource group, and names those there are",
    async (version) => {
      const answer = await world.owner("GET", `${world.group}?api-version=${version}`);
      expect([answer.status, answer.error.code]).toEqual([400, "InvalidApiVersionParameter"]);
      expect(answer.error.message).toMatch(
        new RegExp(
          `^The api-version '${version}' is invalid\\. The supported versions are '2025-04-01,2025-03-01,`,
        ),
      );
    },
  );

  it("refuses one between those that there are", async () => {
    const account = `${world.group}/providers/Microsoft.Storage/storageAccounts/abc`;
    const refusal = await world.owner("GET", `${account}?api-version=2024-02-01`);
    expect([refusal.status, refusal.error.code]).toEqual([404, "InvalidResourceType"]);
    expect(refusal.error.message).toContain(
      "'storageAccounts' could not be found in the namespace",
    );
    const containers = `${account}/blobServices/default/containers?api-version=2017-06-01`;
    const nested = await world.owner("GET", containers);
    expect(nested.error.message).toContain("2018-02-01,2017-10-01,2016-12-01,2016-05-01'.");
  });

  it("answers one that is newer than all that are known, and logs it", async () => {
    const newer = new Date(world.tenants.azure.clock.now()).toISOString().slice(0, 10);
    const answer = await world.owner("GET", `${world.group}?api-version=${newer}-preview`);
    expect(answer.status).toBe(200);
    expect(world.tenants.logged.join("\n")).toContain("api-version-newer-than-known");
  });

  it.each(refused)("refuses %s for an account in a location", async (version) => {
    const account = `${world.group}/providers/Microsoft.Storage/storageAccounts/abc`;
    const body = { location: "westeurope" };
    const { status, error } = await world.owner("PUT", `${account}?api-version=${version}`, body);
    expect([status, error.code]).toEqual([400, "NoRegisteredProviderFound"]);
    expect(error.message).toContain(
      `No registered resource provider found for location 'westeurope' and API version '${version}' for type 'storageAccounts'. The supported api-versions are '2026-09-01, 2026-04-01,`,
    );
  });

  it("refuses one for a type that is nowhere in particular", async () => {
    const path = `${world.group}/providers/Microsoft.Authorization/roleAssignments?api-version=2099-01-01`;
    const { status, error } = await world.owner("GET", path);
    expect([status, error.code]).toEqual([404, "InvalidResourceType"]);
    expect(error.message).toContain(
      "The resource type 'roleAssignments' could not be found in the namespace 'Microsoft.Authorization' for api version '2099-01-01'. The supported api-versions are '2022-04-01,",
    );
  });
});
