import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type LocalAzure, readRoles, readSeed, startLocalAzure, trustAuthority } from "local-azure";
import { findServicePrincipal } from "local-azure/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { STORAGE_BLOB_DATA_CONTRIBUTOR } from "../../infra/blob-target.ts";
import { deployerApi, signedInApi } from "./support/deployer-api.ts";
import { logToConsole } from "./support/log-to-console.ts";

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged#owner
const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

let azure: LocalAzure;
beforeAll(async () => {
  const seed = { ...(await readSeed("Pulumi.dev.yaml")), roles: await readRoles("infra/roles") };
  azure = await startLocalAzure(seed, { log: logToConsole });
  trustAuthority(azure.caFile);
});
afterAll(() => azure.close());

describe("the deployers' roles", () => {
  it.each([
    ["home-deployer", 0],
    ["resource-deployer", 1],
  ])("are taken by Resource Manager as the Azure CLI sends %s", async (name, index) => {
    const [owner] = azure.plantOwners().slice(index);
    const tenant = tenantAt(index);
    const { Name, Description, Actions, NotActions, DataActions, NotDataActions } = JSON.parse(
      await readFile(`infra/roles/${name}.json`, "utf8"),
    ) as Record<string, unknown>;
    const properties = {
      roleName: `${String(Name)} as a person makes it`,
      description: Description,
      permissions: [
        {
          actions: Actions,
          notActions: NotActions,
          dataActions: DataActions,
          notDataActions: NotDataActions,
        },
      ],
      assignableScopes: [`/subscriptions/${tenant.subscriptionId}`],
    };
    const path = `/subscriptions/${tenant.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${randomUUID()}`;
    const { resourceManager } = signedInApi(azure, tenant, owner?.clientId ?? "");
    const { status, body } = await resourceManager("PUT", path, { properties });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({ properties: expect.objectContaining(properties) }),
    ]);
  });

  it.each([0, 1])(
    "let the deployer of tenant %i make a group and not list what is in it",
    async (index) => {
      const { tenantId, subscriptionId } = tenantAt(index);
      const { resourceManager } = deployerApi(azure, tenantId);
      const group = `/subscriptions/${subscriptionId}/resourceGroups/roles`;
      const version = "?api-version=2024-11-01";
      expect(
        (await resourceManager("PUT", `${group}${version}`, { location: "westeurope" })).status,
      ).toBe(201);
      const { status, body } = await resourceManager("GET", `${group}/resources${version}`);
      expect([status, body]).toEqual([
        403,
        { error: expect.objectContaining({ code: "AuthorizationFailed" }) },
      ]);
    },
  );

  it("let the resource deployer assign Storage Blob Data Contributor, and not Owner", async () => {
    const { tenantId, subscriptionId, deployerClientId } = tenantAt(1);
    const { resourceManager } = deployerApi(azure, tenantId);
    const deployer = findServicePrincipal(azure.state, tenantId, deployerClientId)?.objectId;
    const subscription = `/subscriptions/${subscriptionId}`;
    const group = `${subscription}/resourceGroups/assignments`;
    const made = await resourceManager("PUT", `${group}?api-version=2024-11-01`, {
      location: "westeurope",
    });
    expect(made.status).toBe(201);
    const assign = (assignment: string, role: string) =>
      resourceManager("PUT", `${assignment}?api-version=2022-04-01`, {
        properties: {
          roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
          principalId: deployer,
          principalType: "ServicePrincipal",
        },
      });
    const assignments = `${group}/providers/Microsoft.Authorization/roleAssignments`;
    const [permitted, refused] = [
      `${assignments}/${randomUUID()}`,
      `${assignments}/${randomUUID()}`,
    ];
    // Azure's text is the same for a role that may assign nothing; what is permitted shows that the condition refuses.
    expect(await assign(permitted, STORAGE_BLOB_DATA_CONTRIBUTOR)).toMatchObject({ status: 201 });
    expect(await assign(refused, OWNER)).toEqual({
      status: 403,
      body: {
        error: {
          code: "AuthorizationFailed",
          message: `The client '${deployerClientId}' with object id '${deployer}' does not have authorization or an ABAC condition not fulfilled to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '${refused}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
        },
      },
    });
  });
});

function tenantAt(index: number) {
  const tenant = azure.connection.tenants[index];
  if (tenant === undefined) throw new Error(`the seed has no tenant ${index}`);
  return tenant;
}
