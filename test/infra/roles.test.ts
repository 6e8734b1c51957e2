import { readFileSync } from "node:fs";
import { roleAssignmentCondition } from "local-azure/testing";
import { describe, expect, it } from "vitest";

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage#storage-blob-data-contributor
const storageBlobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

const read = (name: string) => readFileSync(`infra/roles/${name}`, "utf8");

describe("the deployers' roles", () => {
  it("let the resource tenant's deployer assign Storage Blob Data Contributor to service principals alone", () => {
    const granted = roleAssignmentCondition([storageBlobDataContributor], ["ServicePrincipal"]);
    expect(read("resource-deployer-condition.txt").replaceAll(/\s+/g, " ").trim()).toBe(granted);
  });

  // deploymentStatus/read is in no published list of operations, and a role that names an unknown one is refused.
  it.each([
    ["home", ["Microsoft.Web/sites/*/read"]],
    ["resource", []],
  ])("give the %s deployer no data, no keys and no wildcard but %j", (side, wildcards) => {
    const role = JSON.parse(read(`${side}-deployer.json`)) as Record<string, string[]>;
    const suspect = role["Actions"]?.filter((action) => /\*|listkeys|publishxml/i.test(action));
    expect(suspect).toEqual(wildcards);
    expect(role["DataActions"]).toEqual([]);
  });
});
