import { describe, expect, test } from "vitest";
import {
  failAt,
  type FailingStep,
  failingSteps,
  resourceManagerSteps,
} from "./support/failing-steps.ts";
import { leftovers } from "./support/leftovers.ts";
import { roundTrip } from "./support/site.ts";
import { startStage, type Stage } from "./support/stage.ts";

// One stack per side of the commit climbs from failure to failure, so each `up` that fails is also the one that resumes
// after the failure before it: a resource that had not come right would be named again, or keep its successors away.
// That azure-native keeps the same resources in the state after a lost answer is not shown here; what azuread does is in
// lost-answers.test.ts.
describe.concurrent("an up that failed half way", () => {
  test("before the commit is resumed by the next one, and one destroy cleans", async () => {
    await withStage(async (stage) => {
      await climb(stage, failingSteps, "before");
      const { applicationClientId } = await stage.outputs();
      await stage.destroy();
      expect(leftovers(stage.azure)).toEqual({ deletedApplications: [applicationClientId] });
    });
  });

  test("after the commit is resumed by the next one, and one destroy cleans", async () => {
    await withStage(async (stage) => {
      await climb(stage, resourceManagerSteps, "after");
      const { applicationClientId } = await stage.outputs();
      await stage.destroy();
      expect(leftovers(stage.azure)).toEqual({ deletedApplications: [applicationClientId] });
    });
  });
});

async function climb(
  stage: Stage,
  steps: readonly FailingStep[],
  when: "before" | "after",
): Promise<void> {
  for (const step of steps) {
    const { code, failed, stdout } = await failAt(stage, step, when);
    expect(failed, stdout).toEqual(step.resources);
    expect(code).not.toBe(0);
  }
  await stage.up();
  expect(await roundTrip(stage, "invoices", "resumed")).toBe("resumed");
  expect(resourceTypes(stage)).toEqual(devResourceTypes);
}

// A name that was chosen anew after a failure would leave a second resource of its type.
function resourceTypes({ azure }: Stage): string[] {
  return [...azure.state.resources.values()]
    .map(({ type }) => type.replace(/^Microsoft\./, ""))
    .sort();
}

const devResourceTypes = [
  "ManagedIdentity/userAssignedIdentities",
  "Resources/resourceGroups",
  "Resources/resourceGroups",
  "Storage/storageAccounts",
  "Storage/storageAccounts/blobServices",
  "Storage/storageAccounts/blobServices/containers",
  "Web/serverfarms",
  "Web/sites",
  "Web/sites/basicPublishingCredentialsPolicies",
  "Web/sites/basicPublishingCredentialsPolicies",
  "Web/sites/config",
];

async function withStage(work: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await startStage();
  try {
    await work(stage);
  } finally {
    await stage.close();
  }
}
