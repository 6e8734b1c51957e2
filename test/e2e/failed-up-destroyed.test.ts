import { describe, expect, test } from "vitest";
import { failAt, type FailingStep, resourceManagerSteps } from "./support/failing-steps.ts";
import { leftovers } from "./support/leftovers.ts";
import { startStage } from "./support/stage.ts";

// Answers are lost after the commit, the worse side: what the engine forgets then, no destroy can find. Two stages share
// the steps to save time.
describe.concurrent("a destroy right after an up whose answers were lost", () => {
  const [first, last] = [resourceManagerSteps.slice(0, 4), resourceManagerSteps.slice(4)];

  test("leaves nothing, from the groups to the container", async () => {
    await failAndDestroy(first);
  });

  test("leaves nothing, from the role to the package", async () => {
    await failAndDestroy(last);
  });
});

async function failAndDestroy(steps: readonly FailingStep[]): Promise<void> {
  const stage = await startStage();
  try {
    for (const step of steps) {
      const { failed, stdout } = await failAt(stage, step, "after");
      expect(failed, stdout).toEqual(step.resources);
      const made = leftovers(stage.azure)["applications"];
      expect(made).toHaveLength(1);
      await stage.destroy();
      expect(leftovers(stage.azure)).toEqual({ deletedApplications: made });
      await stage.azure.reset();
    }
  } finally {
    await stage.close();
  }
}
