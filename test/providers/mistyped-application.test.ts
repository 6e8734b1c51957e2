import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { contoso, devConfig } from "../e2e/support/dev-config.ts";
import { type Stage, startStage } from "../e2e/support/stage.ts";
import { markedUp } from "./support/marked-up.ts";

const applicationClientId = "5f0c1b7e-3d42-4c19-9a86-b7e2d0f4c601";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  const { homeTenant: _, allowedClientAddresses: __, ...customer } = devConfig();
  await stage.configure({ ...customer, applicationClientId, resourceTenants: [contoso()] });
});
afterAll(() => stage.close());

// The provider takes the refusal for an application that is not replicated yet and tries 15 times in nine minutes, at first
// after 1, 2, 4 and 8 s (measured; service_principal_resource.go, CreateServicePrincipal's RetryFunc). The text with which it
// gives up is the one that test/e2e/mistyped-application.test.ts sees.
it("tries a client id that is no application's again and again, also after Ctrl-C", async () => {
  const interrupted = new AbortController();
  const up = markedUp(stage, { signal: interrupted.signal });
  onTestFinished(() => up.kill());
  await tries(3);
  interrupted.abort();
  await expect.poll(() => up.output()).toContain("^C received; cancelling");
  await tries(5);
});

async function tries(count: number): Promise<void> {
  const post = "POST graph /v1.0/servicePrincipals";
  const { traffic } = stage.azure;
  await expect
    .poll(() => traffic.requests.filter((request) => request === post).length)
    .toBeGreaterThanOrEqual(count);
}
