import {
  type Application,
  type FederatedIdentityCredential,
  findApplication,
  findServicePrincipal,
  type RoleAssignment,
  type ServicePrincipal,
} from "local-azure/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StackOutputs } from "../start/stack-outputs.ts";
import { alter, replace } from "./support/alter.ts";
import { deployedSite, restartSite } from "./support/app-settings.ts";
import { homeDeployerApi } from "./support/deployer-api.ts";
import { contoso, devConfig } from "./support/dev-config.ts";
import { askSite, listBlobs, putBlob } from "./support/site-answer.ts";
import { type Stage, startStage } from "./support/stage.ts";

// Each test starts from the working stack and changes one fact of it, in the stores of the local Azure.
const config = devConfig({
  resourceTenants: [{ ...contoso(), targets: [{ name: "invoices" }, { name: "receipts" }] }],
});
const mismatch =
  "Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation";

// Every refusal of this file is one that the site knows.
const explanation = {
  cause: expect.not.stringContaining("for a reason this site does not know") as string,
  fix: expect.stringMatching(/\w/) as string,
};

let stage: Stage;
let outputs: StackOutputs;
let siteUrl: string;
let application: Application;
let credential: FederatedIdentityCredential;
let principal: ServicePrincipal;

beforeAll(async () => {
  stage = await startStage(config);
  await stage.up();
  outputs = await stage.outputs();
  ({ siteUrl } = outputs);
  const { state } = stage.azure;
  const { applicationClientId } = outputs;
  const tenantId = String(contoso()["tenantId"]);
  application = found(findApplication(state, applicationClientId));
  credential = found([...application.federatedIdentityCredentials.values()][0]);
  principal = found(findServicePrincipal(state, tenantId, applicationClientId));
});
afterAll(() => stage.close());

// After a refusal the site waits a moment before it asks for a token again.
beforeEach(async () => {
  await expect.poll(async () => (await listBlobs(siteUrl, "invoices")).status).toBe(200);
});

interface ExchangeRefusal {
  readonly what: string;
  readonly change: () => void;
  readonly aadsts: number;
  readonly text: () => string;
}

describe("the token exchange", () => {
  it.each<ExchangeRefusal>([
    {
      what: "a credential for another subject",
      change: () => alter(credential, { subject: outputs.managedIdentityClientId }),
      aadsts: 700213,
      text: subjectMismatch,
    },
    {
      what: "a credential whose subject differs by case only",
      change: () => alter(credential, { subject: credential.subject.toUpperCase() }),
      aadsts: 7002138,
      text: subjectMismatch,
    },
    {
      what: "a credential for another issuer",
      change: () => alter(credential, { issuer: `${credential.issuer}/` }),
      aadsts: 700211,
      text: () =>
        `No matching federated identity record found for presented assertion issuer '${outputs.authorityHost}/${application.tenantId}/v2.0'. ${mismatch}`,
    },
    {
      what: "a credential for another audience",
      change: () => alter(credential, { audiences: ["api://AzureADTokenExchangeUSGov"] }),
      aadsts: 7002121,
      text: () =>
        `No matching federated identity record found for presented assertion audience 'fb60f99c-7a34-4190-8149-302f77469936'. ${mismatch}`,
    },
    {
      what: "an application without a credential",
      change: () => replace(application.federatedIdentityCredentials, credential.id),
      aadsts: 70025,
      text: () =>
        `The client '${application.appId}'(${application.displayName}) has no configured federated identity credentials.`,
    },
    {
      what: "an application without a service principal in the tenant",
      change: () => replace(stage.azure.state.servicePrincipals, principal.objectId),
      aadsts: 7000229,
      text: () =>
        `The client application ${application.appId} is missing service principal in the tenant ${principal.tenantId}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
    },
    {
      what: "an application whose service principal is disabled",
      change: () => alter(principal, { accountEnabled: false }),
      aadsts: 7000112,
      text: () => `Application '${application.appId}'(${application.displayName}) is disabled.`,
    },
  ])("refuses $what", async ({ change, aadsts, text }) => {
    change();
    await restartSite(stage.azure, siteUrl);
    const message = `token exchange: AADSTS${aadsts}: ${text()}`;
    expect(await listBlobs(siteUrl, "invoices")).toMatchObject({
      status: 502,
      body: {
        error: { code: "ERR_TOKEN_EXCHANGE", hop: "token exchange", aadsts, message, explanation },
      },
    });
  });
});

describe("storage", () => {
  const noPermission = { upstreamStatus: 403, azureCode: "AuthorizationPermissionMismatch" };

  it("refuses an application without a role", async () => {
    replace(stage.azure.state.roleAssignments, role("invoices").id.toLowerCase());
    expect(await listBlobs(siteUrl, "invoices")).toEqual(refusedByStorage(noPermission));
  });

  it("refuses an application whose role is at another container", async () => {
    alterRole({ scope: role("receipts").scope });
    expect(await listBlobs(siteUrl, "invoices")).toEqual(refusedByStorage(noPermission));
    expect(await listBlobs(siteUrl, "receipts")).toMatchObject({ status: 200 });
  });

  it("refuses Storage Account Contributor, a role without data actions", async () => {
    alterRole({ roleDefinitionGuid: "17d1049b-9a84-46fb-8f53-869881c3d3ab" });
    expect(await listBlobs(siteUrl, "invoices")).toEqual(refusedByStorage(noPermission));
  });

  it("refuses writing to Storage Blob Data Reader", async () => {
    alterRole({ roleDefinitionGuid: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1" });
    expect(await putBlob(siteUrl, "invoices")).toEqual(refusedByStorage(noPermission));
    expect(await listBlobs(siteUrl, "invoices")).toMatchObject({ status: 200 });
  });

  it("refuses a container that was deleted", async () => {
    replace(stage.azure.state.resources, role("invoices").scope.toLowerCase());
    const gone = { upstreamStatus: 404, azureCode: "ContainerNotFound" };
    expect(await listBlobs(siteUrl, "invoices")).toEqual(refusedByStorage(gone));
  });
});

describe("the site's doors", () => {
  it("refuses publishing with a user name and a password", async () => {
    const answer = await fetch(`https://${await scmHost()}/api/publish?type=zip&async=true`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa("$site:password")}` },
      body: "zip",
    });
    expect({ status: answer.status, text: await answer.text() }).toEqual({
      status: 401,
      text: "basic authentication is disabled for this site",
    });
  });

  // The last of this file, because nobody reaches the site afterwards.
  it("refuses a client whose address is not listed, by default everybody's", async () => {
    const { allowedClientAddresses: _, ...closed } = config;
    await stage.configure(closed);
    await stage.up();
    const refused = expect.stringContaining("Ip Forbidden") as string;
    expect(await askSite(siteUrl, "/healthz")).toEqual({ status: 403, body: refused });
  });
});

function subjectMismatch(): string {
  return `No matching federated identity record found for presented assertion subject '${outputs.managedIdentityPrincipalId}'. Please note that matching is done using a case-sensitive comparison. Check your federated identity credential Subject, Audience, and Issuer against the presented assertion.`;
}

function refusedByStorage(refusal: { upstreamStatus: number; azureCode: string }) {
  const endpoint = outputs.targets.find(({ name }) => name === "invoices")?.blobEndpoint;
  const message = `storage: ${endpoint} refused with ${refusal.upstreamStatus} ${refusal.azureCode}`;
  const told = { hop: "storage", ...refusal, requestId: expect.any(String), explanation };
  const error = { code: "ERR_STORAGE_REFUSED", message, ...told };
  return { status: 502, body: { error } };
}

/** The application's role at a target's container. */
function role(target: string): RoleAssignment {
  const { roleAssignments } = stage.azure.state;
  return found(
    [...roleAssignments.values()].find(({ scope }) => scope.endsWith(`/containers/${target}`)),
  );
}

function alterRole(change: Partial<RoleAssignment>): void {
  const assignment = role("invoices");
  const key = assignment.id.toLowerCase();
  replace(stage.azure.state.roleAssignments, key, { ...assignment, ...change });
}

async function scmHost(): Promise<string> {
  const { resourceManager } = homeDeployerApi(stage.azure);
  const { body } = await resourceManager("GET", deployedSite(stage.azure).id);
  const { hostNameSslStates } = body["properties"] as {
    hostNameSslStates: { name: string; hostType: string }[];
  };
  return found(hostNameSslStates.find(({ hostType }) => hostType === "Repository")).name;
}

function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error("the stage does not have what this file alters");
  return thing;
}
