import { beforeAll, describe, expect, it } from "vitest";
import { unstartedAzure } from "../../readme/unstarted-azure.ts";
import { createAppService } from "../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import { createKeyVault } from "../../src/key-vault/key-vault.ts";
import { operationGroups, resourceManagerRoutes } from "../../src/resource-manager/routes.ts";
import type { Route } from "../../src/service/route.ts";
import { metadataRoutes } from "../../src/surroundings/routes.ts";
import { type BareTenants, createBareTenants } from "../tenants/bare-tenants.ts";
import { createManagement, type Management } from "./management-client.ts";

const unstarted = await unstartedAzure();
const groups = operationGroups(
  createAppService(unstarted, issueManagedIdentityToken),
  createKeyVault(unstarted),
);
const routes = [...metadataRoutes, ...resourceManagerRoutes(groups)];

let tenants: BareTenants;
let owner: Management;
let nobody: Management;
let subscription: string;

beforeAll(async () => {
  tenants = await createBareTenants();
  const as = createManagement(tenants, createAppService(tenants.azure, issueManagedIdentityToken));
  const principal = tenants.principal(tenants.home);
  subscription = `/subscriptions/${tenants.home.subscriptionId}`;
  tenants.grant(principal, "Owner", subscription);
  owner = as(principal);
  nobody = as(tenants.principal(tenants.home));
  await owner("PUT", `${subscription}/resourceGroups/rg`, { location: "westeurope" });
});

/** Reads that every caller of the tenant may make: what they show depends on the caller, is no secret, or has a secret for a name. */
const open =
  /^\/(?:metadata.*|subscriptions\/\{subscriptionId\}\/(?:resourceGroups|resources)|tenants|subscriptions|providers\/Microsoft\.Authorization\/roleDefinitions.*|providers\/Microsoft\.Web\/webAppStacks|.*\/(?:asyncoperations|operationResults)\/\{operationId\})$/;
const answered = routes.filter(({ supported }) => supported !== "no");

describe("The list of routes", () => {
  // A HEAD has no text; a role assignment's body is looked at before its caller's roles, and this one is none.
  it.each(
    answered.filter(
      ({ method, path }) =>
        !open.test(path) &&
        method !== "HEAD" &&
        !(method === "PUT" && path.endsWith("{roleAssignmentName}")),
    ),
  )("refuses $method $path without a role ($document)", async (route) => {
    const { status, error } = await send(nobody, route);
    expect([status, error.code]).toEqual([403, "AuthorizationFailed"]);
    expect(error.message).toContain("does not have authorization to perform action");
  });

  it.each(answered)("answers $method $path, as it says ($document)", async (route) => {
    const { status, error } = await send(owner, route);
    expect(status, String(error.message)).toBeLessThan(500);
  });

  it.each(routes.filter(({ supported }) => supported === "no"))(
    "answers 501 for $method $path, as it says ($document)",
    async (route) => {
      const { status, error } = await send(owner, route);
      expect([status, error.code]).toEqual([501, "NotImplemented"]);
      expect(error.message).toContain(`${route.method} `);
    },
  );
});

function send(management: Management, { method, path }: Route) {
  const values: Record<string, string> = {
    scope: `${subscription}/resourceGroups/rg`,
    subscriptionId: tenants.home.subscriptionId,
    resourceGroupName: "rg",
    namespace: "Microsoft.Web",
  };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "none");
  const body = { name: "none", type: "Site", location: "westeurope" };
  return management(method, filled, method === "GET" || method === "HEAD" ? undefined : body);
}
