import { afterAll, beforeAll, expect, it } from "vitest";
import { deployerApi } from "./support/deployer-api.ts";
import { contoso } from "./support/dev-config.ts";
import { previewSteps } from "./support/preview.ts";
import { roundTrip } from "./support/site.ts";
import { type Stage, startStage } from "./support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await stage.up();
});
afterAll(() => stage.close());

it("stops a refresh, because azure-native does not take the container for gone", async () => {
  const { resourceManager } = deployerApi(stage.azure, contoso()["tenantId"]);
  const [container] = containers();
  const path = `${container}?api-version=2024-01-01`;
  expect(await resourceManager("DELETE", path)).toMatchObject({ status: 200 });
  for (const args of [
    ["refresh", "--yes"],
    ["up", "--yes", "--refresh"],
  ]) {
    const { code, stdout } = await stage.pulumi(...args, "--skip-preview");
    expect(code).not.toBe(0);
    expect(stdout).toContain(
      'Status=404 Code="ContainerNotFound" Message="The specified container does not exist.',
    );
  }
});

it("cannot be taken out of the state alone, because the site and its role depend on it", async () => {
  const { code, stderr, stdout } = await stage.pulumi("state", "delete", "--yes", await urn());
  expect(code).not.toBe(0);
  expect(stdout + stderr).toContain("depend on it");
});

it("is made anew by an up that is told to replace it", async () => {
  await stage.up("--replace", await urn());
  expect(containers()).toHaveLength(1);
  expect(await roundTrip(stage, "invoices", "in a new container")).toBe("in a new container");
  const { code, stdout } = await stage.pulumi("refresh", "--yes", "--skip-preview");
  expect(code, stdout).toBe(0);
  expect(await previewSteps(stage)).toEqual([]);
});

function containers(): string[] {
  return [...stage.azure.state.resources.values()]
    .filter(({ type }) => type.endsWith("/containers"))
    .map(({ id }) => id);
}

async function urn(): Promise<string> {
  const { stdout } = await stage.pulumi("stack", "export");
  const { deployment } = JSON.parse(stdout) as { deployment: { resources: { urn: string }[] } };
  const found = deployment.resources.find(({ urn }) => urn.includes(":BlobContainer::"));
  return found?.urn ?? "";
}
