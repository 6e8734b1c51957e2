import { type LocalAzure, readRoles, readSeed, startLocalAzure } from "local-azure";
import { afterAll, beforeAll, expect, it } from "vitest";
import { devConfig } from "./support/dev-config.ts";
import { logToConsole } from "./support/log-to-console.ts";
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

it("deploys while the directory lags, and the site's exchange works by itself once that has caught up", async () => {
  await stage.up();
  const { siteUrl } = await stage.outputs();
  await expect
    .poll(async () => (await putBlob(siteUrl, "invoices")).status, {
      interval: 500,
    })
    .toBe(201);
});
