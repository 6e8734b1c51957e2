import { type LocalAzure, readRoles, readSeed, startLocalAzure } from "local-azure";
import { afterAll, beforeAll, expect, it } from "vitest";
import { contoso, devConfig } from "./support/dev-config.ts";
import { logToConsole } from "./support/log-to-console.ts";
import { previewSteps, shortUrn } from "./support/preview.ts";
import { putBlob } from "./support/site-answer.ts";
import { type Stage, startStage } from "./support/stage.ts";

let azure: LocalAzure;
let stage: Stage;
beforeAll(async () => {
  const seed = { ...(await readSeed("Pulumi.dev.yaml")), roles: await readRoles("infra/roles") };
  azure = await startLocalAzure(seed, { consistencyDelaySeconds: 5, log: logToConsole });
  stage = await startStage(devConfig(), azure);
});
afterAll(async () => {
  await stage?.close();
  await azure?.close();
});

// Known of the real provider on Azure too (hashicorp/terraform-provider-azuread#1811).
it("stops at a service principal that Entra does not show yet", async () => {
  const { code, stdout } = await stage.pulumi("up", "--yes", "--skip-preview");
  expect(code).not.toBe(0);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(
    "Timed out whilst waiting for new service principal to be replicated in Azure AD: unexpected status 404 (404 Not Found) with error: Request_ResourceNotFound: ",
  );
});

it("goes on when it is run again, and the site's exchange works by itself once the directory has caught up", async () => {
  await stage.up();
  const { siteUrl } = await stage.outputs();
  await expect
    .poll(async () => (await putBlob(siteUrl, "invoices")).status, {
      interval: 500,
    })
    .toBe(201);
});

it("leaves its deployer among the service principal's owners until a third run", async () => {
  const [step, ...others] = await previewSteps(stage);
  expect(others).toEqual([]);
  expect(shortUrn(step?.urn ?? "")).toBe("ServicePrincipal contoso");
  expect(Object.keys(step?.detailedDiff ?? {}).join()).toMatch(/^owners/);
  expect(owners()).toHaveLength(1);
  await stage.up();
  expect(owners()).toEqual([]);
  expect(await previewSteps(stage)).toEqual([]);
});

function owners(): readonly string[] {
  const { tenantId, deployerClientId } = contoso();
  const principal = [...azure.state.servicePrincipals.values()].find(
    (each) => each.tenantId === tenantId && each.appId !== deployerClientId,
  );
  return principal?.owners ?? [];
}
