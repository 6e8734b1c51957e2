import { afterAll, beforeAll, expect, it } from "vitest";
import { findSecrets } from "../e2e/support/find-secrets.ts";
import { type Stage, startStage } from "../e2e/support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

// The bridge's own words (pulumi-terraform-bridge, pkg/tfbridge/schema.go). With that token whoever reads the log signs in as
// the job, as long as it runs: the README says what to do.
it.each([5, 9])(
  "tells the job's OIDC request token in a log of level %i, and no other secret",
  async (level) => {
    const { code, stdout, stderr } = await stage.pulumi(
      "preview",
      "--logtostderr",
      `-v=${level}`,
      "--logflow",
    );
    expect(code, stdout).toBe(0);
    const { requestToken } = stage.azure.connection.oidc;
    // As a condition, because a failure would print the whole log.
    const told = new RegExp(`Terraform input:? oidc_request_token = [\\\\"]*${requestToken}`);
    expect(told.test(stderr)).toBe(true);
    expect(findSecrets(stdout + stderr, { "request token": requestToken })).toEqual([
      "request token",
    ]);
  },
);

it("does not tell it without a verbose log", async () => {
  const { requestToken } = stage.azure.connection.oidc;
  const { code, stdout, stderr } = await stage.pulumi("preview", "--diff");
  expect(code, stdout).toBe(0);
  expect(findSecrets(stdout + stderr, { "request token": requestToken })).toEqual([]);
});
