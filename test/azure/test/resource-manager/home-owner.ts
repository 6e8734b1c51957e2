import { type AppService, createAppService } from "../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import type { ServicePrincipal } from "../../src/world/directory-records.ts";
import { type BareTenants, createBareTenants } from "../tenants/bare-tenants.ts";
import { type Answer, createManagement, type Management } from "./management-client.ts";

/** The owner of the home tenant's subscription at work, with one resource group; for tests. */
export interface HomeOwner {
  readonly tenants: BareTenants;
  readonly appService: AppService;
  readonly principal: ServicePrincipal;
  readonly as: (principal: ServicePrincipal) => Management;
  readonly owner: Management;
  readonly subscription: string;
  readonly group: string;
}

/** Two new tenants with an owner in the home tenant, who has made the group. */
export async function homeOwner(): Promise<HomeOwner> {
  const tenants = await createBareTenants();
  const appService = createAppService(tenants.azure, issueManagedIdentityToken, {
    scmRestartMilliseconds: 0,
    scmFetchMilliseconds: 0,
  });
  const as = createManagement(tenants, appService);
  const principal = tenants.principal(tenants.home);
  const subscription = `/subscriptions/${tenants.home.subscriptionId}`;
  tenants.grant(principal, "Owner", subscription);
  const [owner, group] = [as(principal), `${subscription}/resourceGroups/rg`];
  await owner("PUT", group, { location: "westeurope" });
  return { tenants, appService, principal, as, owner, subscription, group };
}

/** Status, code and text of a refusal. */
export function refusalOf({ status, error }: Answer): unknown[] {
  return [status, error.code, error.message];
}

/** What a list answers, by name. */
export function namesIn({ body }: Answer): unknown[] {
  return (body["value"] as { readonly name?: unknown }[]).map(({ name }) => name);
}
