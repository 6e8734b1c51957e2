import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type LocalAzure, readRoles, readSeed, startLocalAzure, trustAuthority } from "local-azure";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deployerApi, signedInApi } from "./support/deployer-api.ts";

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure(
    { ...(await readSeed("Pulumi.dev.yaml")), roles: await readRoles("infra/roles") },
    {
      log: () => {},
    },
  );
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
});

function tenantAt(index: number) {
  const tenant = azure.connection.tenants[index];
  if (tenant === undefined) throw new Error(`the seed has no tenant ${index}`);
  return tenant;
}
