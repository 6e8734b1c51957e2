import type { FaultMatch } from "local-azure/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deployerApi, homeDeployerApi } from "./support/deployer-api.ts";
import { contoso } from "./support/dev-config.ts";
import { leftovers } from "./support/leftovers.ts";
import { roundTrip } from "./support/site.ts";
import { type Stage, startStage } from "./support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

// One stack, in order. The azuread provider sends a request again whose answer was lost, whether or not it was carried out.
const lost = (path: RegExp): FaultMatch => ({ service: "graph", method: "POST", path, count: 1 });

it("makes a second application when the answer about the first is lost, and says nothing; what else was lost it cannot make", async () => {
  stage.azure.traffic.faults.set(
    [/\/applications$/, /\/servicePrincipals$/, /\/federatedIdentityCredentials$/].map((path) => ({
      ...lost(path),
      when: "after",
      kind: "status",
      status: 500,
    })),
  );
  const text = await failedUp();
  expect(text).not.toContain("Could not create application");
  expect(text).toContain(taken(await clientId()));
  expect(text).toContain(credentialExists);
  expect(leftovers(stage.azure)["applications"]).toHaveLength(2);
});

it("fails at both in every later up, also with a refresh, until somebody deletes them", async () => {
  const { objectId } = await principal();
  for (const args of [[], ["--refresh"]]) {
    const text = await failedUp(...args);
    expect(text).toContain(
      `A resource with the ID "${objectId}" already exists: To be managed via Terraform, this resource needs to be imported into the State.`,
    );
    expect(text).toContain(credentialExists);
  }
});

it("comes up after that, and one destroy leaves the first application alone", async () => {
  const { objectId } = await principal();
  const { graph } = deployerApi(stage.azure, contoso()["tenantId"]);
  expect(await graph("DELETE", `/servicePrincipals/${objectId}`)).toMatchObject({ status: 204 });
  const application = `/applications(appId='${await clientId()}')/federatedIdentityCredentials`;
  const home = homeDeployerApi(stage.azure);
  const { body } = await home.graph("GET", application);
  const [credential] = body["value"] as { id: string }[];
  const gone = await home.graph("DELETE", `${application}/${credential?.id}`);
  expect(gone).toMatchObject({ status: 204 });
  await stage.up();
  expect(await roundTrip(stage, "invoices", "at last")).toBe("at last");
  const ours = await clientId();
  await stage.destroy();
  const { applications = [], ...others } = leftovers(stage.azure);
  expect(applications).toHaveLength(1);
  expect(applications).not.toEqual([ours]);
  expect(others).toEqual({ deletedApplications: [ours] });
});

const credentialExists =
  "unexpected status 409 (409 Conflict) with error: Request_MultipleObjectsWithSameKeyValue: FederatedIdentityCredential with name site-identity already exists.";

function taken(appId: string): string {
  return `Could not create service principal: unexpected status 409 (409 Conflict) with error: Request_MultipleObjectsWithSameKeyValue: The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`;
}

/** What an up says that fails, in one line. */
async function failedUp(...args: string[]): Promise<string> {
  const how = ["up", "--yes", "--skip-preview", "--continue-on-error", ...args];
  const { code, stdout } = await stage.pulumi(...how);
  expect(code).not.toBe(0);
  return stdout.replaceAll(/\s+/g, " ");
}

/** Of the application that is in the state: the last one that was made. */
async function clientId(): Promise<string> {
  const { stdout } = await stage.pulumi("stack", "export");
  const { deployment } = JSON.parse(stdout) as {
    deployment: { resources: { type: string; outputs?: { clientId?: string } }[] };
  };
  const application = deployment.resources.find(({ type }) => type.endsWith(":Application"));
  return application?.outputs?.clientId ?? "";
}

async function principal() {
  const appId = await clientId();
  const found = [...stage.azure.state.servicePrincipals.values()].find(
    (each) => each.appId === appId,
  );
  if (found === undefined) throw new Error("the application has no service principal");
  return found;
}
