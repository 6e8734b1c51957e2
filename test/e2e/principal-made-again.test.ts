import { findServicePrincipal } from "local-azure/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deployerApi } from "./support/deployer-api.ts";
import { listBlobs, putBlob } from "./support/site-answer.ts";
import { startStage, type Stage } from "./support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await stage.up();
});
afterAll(() => stage.close());

it("serves a tenant whose service principal was deleted and made again, without a restart", async () => {
  const { applicationClientId, siteUrl, targets } = await stage.outputs();
  expect(await putBlob(siteUrl, "invoices")).toMatchObject({ status: 201 });
  const [{ tenantId } = { tenantId: "" }] = targets;
  const principal = () => findServicePrincipal(stage.azure.state, tenantId, applicationClientId);
  const before = principal()?.objectId;
  const { graph } = deployerApi(stage.azure, tenantId);
  expect((await graph("DELETE", `/servicePrincipals/${before}`)).status).toBe(204);
  await stage.up("--refresh");
  expect(principal()?.objectId).not.toBe(before);
  // The token that the site holds is the deleted principal's.
  expect(await listBlobs(siteUrl, "invoices")).toMatchObject({ status: 200 });
});
