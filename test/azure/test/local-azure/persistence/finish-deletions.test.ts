import { expect, it } from "vitest";
import { createAppService } from "../../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import { finishDeletions } from "../../../src/local-azure/persistence/finish-deletions.ts";
import { createManagement } from "../../resource-manager/management-client.ts";
import { createBareTenants } from "../../tenants/bare-tenants.ts";

// Document: persistence/README.md, "A kill".

it("ends the deletion of a resource group that a kill has interrupted, and of no other", async () => {
  const tenants = await createBareTenants();
  const { azure, home } = tenants;
  const appService = createAppService(azure, issueManagedIdentityToken);
  const principal = tenants.principal(home);
  const subscription = `/subscriptions/${home.subscriptionId}`;
  tenants.grant(principal, "Owner", subscription);
  const owner = createManagement(tenants, appService)(principal);
  const identity = "providers/Microsoft.ManagedIdentity/userAssignedIdentities/site";
  for (const group of ["going", "staying"]) {
    await owner("PUT", `${subscription}/resourceGroups/${group}`, { location: "westeurope" });
    await owner("PUT", `${subscription}/resourceGroups/${group}/${identity}`, {
      location: "westeurope",
    });
  }
  const before = azure.state.servicePrincipals.size;
  const going = azure.state.resources.get(`${subscription}/resourcegroups/going`);
  Object.assign(going?.properties ?? {}, { provisioningState: "Deleting" });
  await finishDeletions(azure, appService);
  expect([...azure.state.resources.keys()].sort()).toEqual([
    `${subscription}/resourcegroups/staying`,
    `${subscription}/resourcegroups/staying/${identity}`.toLowerCase(),
  ]);
  expect(azure.state.servicePrincipals.size).toBe(before - 1);
});
