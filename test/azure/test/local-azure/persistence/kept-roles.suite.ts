import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type LocalAzure, startLocalAzure } from "../../../src/local-azure/local-azure.ts";
import { defaultSeed } from "../../../src/local-azure/seed/default-seed.ts";
import type { Seed } from "../../../src/local-azure/seed/seed.ts";

it("has the deployers' roles and conditions as they were, whatever roles it is started with", async ({
  onTestFinished,
}) => {
  const parent = await mkdtemp(join(tmpdir(), "kept-roles-"));
  onTestFinished(() => rm(parent, { recursive: true }));
  const rolesAfter = async (seed: Seed) => {
    const stateFolder = join(parent, "state");
    const azure = await startLocalAzure(seed, { stateFolder, log: () => {} });
    const roles = rolesOf(azure);
    await azure.close();
    return roles;
  };
  const first = await rolesAfter(seedWith("Reader of sites"));
  expect(first).toContainEqual({ condition: "a condition", roleName: "Reader of sites" });
  expect(await rolesAfter(seedWith("Another"))).toEqual(first);
  expect(await rolesAfter(defaultSeed)).toEqual(first);
});

function seedWith(name: string): Seed {
  const role = { Name: name, Actions: [], NotActions: [], DataActions: [], NotDataActions: [] };
  const conditional = { ...role, condition: "a condition" };
  return { ...defaultSeed, roles: { "home-deployer": role, "resource-deployer": conditional } };
}

/** The custom roles that are assigned, and under which condition. */
function rolesOf({ state }: LocalAzure) {
  const definitions = [...state.roleDefinitions.values()];
  return [...state.roleAssignments.values()].map(({ roleDefinitionGuid, condition }) => ({
    condition,
    roleName: definitions.find(({ id }) => id.endsWith(roleDefinitionGuid))?.roleName,
  }));
}
