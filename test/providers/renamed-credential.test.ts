import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { roundTrip } from "../e2e/support/site.ts";
import { type Stage, startStage } from "../e2e/support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await stage.up();
});
afterAll(() => stage.close());

// Until the provider believes that the old credential is gone, 20 s later, nothing trusts the identity: a second one of the
// same issuer and subject cannot be made first.
it("leaves the application without a credential until five reads say that the renamed one is gone", async () => {
  const file = join(stage.projectRoot, "infra/federated-identity.ts");
  const source = await readFile(file, "utf8");
  await writeFile(file, source.replace("displayName: name,", "displayName: `${name}-renamed`,"));
  const before = stage.azure.traffic.requests.length;
  await stage.up();
  const path = "/federatedIdentityCredentials";
  const said = stage.azure.traffic.requests
    .slice(before)
    .filter((request) => request.includes(path));
  const [deleted, made] = [
    said.findIndex((request) => request.startsWith("DELETE ")),
    said.findIndex((request) => request.startsWith("POST ")),
  ];
  const gone = String(said[deleted]).replace(/^DELETE /, "GET ");
  expect(said.slice(deleted + 1, made)).toEqual([gone, gone, gone, gone, gone]);
  expect(await roundTrip(stage, "invoices", "trusted again")).toBe("trusted again");
});
