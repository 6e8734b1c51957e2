import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { STORAGE_BLOB_DATA_CONTRIBUTOR } from "../../infra/blob-target.ts";
import type { StackOutputs } from "../start/stack-outputs.ts";
import { changeAppSettings, deployedSite } from "./support/app-settings.ts";
import { type ApiAnswer, deployerApi, homeDeployerApi } from "./support/deployer-api.ts";
import { contoso } from "./support/dev-config.ts";
import { publishProbe } from "./support/publish-probe.ts";
import { listBlobs } from "./support/site-answer.ts";
import { type Stage, startStage } from "./support/stage.ts";

// The three arrangements that look as if they could replace this stack's, built completely next to the working stack.
const { tenantId, subscriptionId } = contoso() as { tenantId: string; subscriptionId: string };

let stage: Stage;
let outputs: StackOutputs;
let siteUrl: string;
let container: string;

beforeAll(async () => {
  stage = await startStage();
  await stage.up();
  outputs = await stage.outputs();
  ({ siteUrl } = outputs);
  container =
    [...stage.azure.state.resources.values()].find(({ type }) => type.endsWith("/containers"))
      ?.id ?? "";
  expect(await listBlobs(siteUrl, "invoices")).toMatchObject({ status: 200 });
});
afterAll(() => stage.close());

it("refuses an application that is registered in the resource tenant", async () => {
  const { graph, resourceManager } = deployerApi(stage.azure, tenantId);
  const application = created(
    await graph("POST", "/applications", {
      displayName: "registered in the resource tenant",
      signInAudience: "AzureADMultipleOrgs",
    }),
  );
  created(
    await graph("POST", `/applications/${String(application["id"])}/federatedIdentityCredentials`, {
      name: "site",
      ...trusted(outputs.managedIdentityPrincipalId),
    }),
  );
  const { appId } = application;
  const principal = created(await graph("POST", "/servicePrincipals", { appId }));
  const roles = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions`;
  created(
    await resourceManager(
      "PUT",
      `${container}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`,
      {
        properties: {
          roleDefinitionId: `${roles}/${STORAGE_BLOB_DATA_CONTRIBUTOR}`,
          principalId: principal["id"],
          principalType: "ServicePrincipal",
        },
      },
    ),
  );

  await useApplication(String(appId));
  onTestFinished(() => useApplication(outputs.applicationClientId));
  expect(await listBlobs(siteUrl, "invoices")).toMatchObject({
    status: 502,
    body: {
      error: {
        code: "ERR_TOKEN_EXCHANGE",
        hop: "token exchange",
        aadsts: 700236,
        message: `token exchange: AADSTS700236: Entra ID tokens issued by issuer '${homeIssuer()}' may not be used for federated identity credential flows for applications or managed identities registered in this tenant.`,
      },
    },
  });
});

it("refuses the identity's client id as a service principal in the resource tenant", async () => {
  const { managedIdentityClientId: appId } = outputs;
  const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
  const { graph } = deployerApi(stage.azure, tenantId);
  expect(await graph("POST", "/servicePrincipals", { appId })).toMatchObject({
    status: 400,
    body: {
      error: {
        code: "Request_BadRequest",
        message,
        details: [{ code: "NoBackingApplicationObject", message, target: "appId" }],
      },
    },
  });
});

// Azure's own code for it is not public: AADSTS70021, the family's, is unverified.
it("refuses a system-assigned identity as the trusted subject", async () => {
  const site = deployedSite(stage.azure);
  const { graph, resourceManager } = homeDeployerApi(stage.azure);
  const { userAssignedIdentities } = site.identity as { userAssignedIdentities: object };
  const { body } = await resourceManager("PATCH", site.id, {
    identity: { type: "SystemAssigned, UserAssigned", userAssignedIdentities },
  });
  const { principalId: subject } = body["identity"] as { principalId: string };
  const application = `/applications(appId='${outputs.applicationClientId}')`;
  created(
    await graph("POST", `${application}/federatedIdentityCredentials`, {
      name: "system-assigned",
      ...trusted(subject),
    }),
  );

  const probe = await publishProbe(stage, siteUrl);
  const [target] = outputs.targets;
  const url = `${target?.blobEndpoint}/${target?.container}?restype=container&comp=list`;
  const identity = outputs.managedIdentityClientId;
  expect(await probe({ tenant: tenantId, url, identity })).toMatchObject({ status: 200 });
  const description = `AADSTS70021: No matching federated identity record found for presented assertion. Assertion Issuer: '${homeIssuer()}'. Assertion Subject: '${subject}'. Assertion Audience: 'fb60f99c-7a34-4190-8149-302f77469936'. https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation`;
  expect(await probe({ tenant: tenantId, url })).toMatchObject({
    status: 401,
    body: {
      error: "invalid_client",
      error_codes: [70021],
      error_description: expect.stringContaining(description) as string,
    },
  });
});

/** A federated identity credential's values, as Microsoft documents them for managed identities. */
function trusted(subject: string) {
  return { issuer: homeIssuer(), subject, audiences: [outputs.exchangeAudience] };
}

function homeIssuer(): string {
  return `${outputs.authorityHost}/${stage.azure.connection.tenants[0]?.tenantId}/v2.0`;
}

function useApplication(clientId: string): Promise<void> {
  return changeAppSettings(stage.azure, siteUrl, { APPLICATION_CLIENT_ID: clientId });
}

function created({ status, body }: ApiAnswer): Record<string, unknown> {
  expect({ status, error: body["error"] }).toEqual({ status: 201, error: undefined });
  return body;
}
