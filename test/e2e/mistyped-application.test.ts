import { afterAll, beforeAll, expect, it } from "vitest";
import { contoso, devConfig } from "./support/dev-config.ts";
import { type Stage, startStage } from "./support/stage.ts";

// A customer's side alone, as a customer deploys it.
const appId = "5f0c1b7e-3d42-4c19-9a86-b7e2d0f4c601";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await stage.configure(customerOf(appId));
});
afterAll(() => stage.close());

it("refuses a client id that is no application's, with Entra's text", async () => {
  const { code, stdout } = await stage.pulumi("up", "--yes", "--skip-preview");
  expect(code).not.toBe(0);
  expect(stdout).toContain("Request_BadRequest");
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(
    `The appId '${appId}' of the service principal does not reference a valid application object.`,
  );
});

function customerOf(applicationClientId: string) {
  const { allowedClientAddresses: _, homeTenant: __, ...rest } = devConfig();
  return { ...rest, applicationClientId, resourceTenants: [contoso()] };
}
