import { homeOwner, type HomeOwner } from "../home-owner.ts";

/** A resource group with a user-assigned identity and a Linux plan, and its owner; for tests of what App Service runs. */
export interface WebWorld extends HomeOwner {
  readonly identity: string;
  readonly plan: string;
  /** Id of a site that there is not yet. */
  readonly site: string;
  /** What makes that site on the plan, with more properties. */
  siteBody(properties?: Record<string, unknown>, siteIdentity?: unknown): unknown;
  /** Of a site that holds the identity. */
  readonly userAssigned: unknown;
}

/** Its App Service is to be closed. */
export async function webWorld(): Promise<WebWorld> {
  const home = await homeOwner();
  const identity = `${home.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/site`;
  const plan = `${home.group}/providers/Microsoft.Web/serverfarms/plan`;
  await home.owner("PUT", identity, { location: "westeurope" });
  const sku = { name: "B1", tier: "Basic" };
  await home.owner("PUT", plan, { location: "westeurope", sku, properties: { reserved: true } });
  return {
    ...home,
    identity,
    plan,
    site: `${home.group}/providers/Microsoft.Web/sites/site`,
    siteBody: (properties = {}, siteIdentity) => ({
      location: "westeurope",
      kind: "app,linux",
      ...(siteIdentity === undefined ? {} : { identity: siteIdentity }),
      properties: { serverFarmId: plan, httpsOnly: true, ...properties },
    }),
    userAssigned: { type: "UserAssigned", userAssignedIdentities: { [identity]: {} } },
  };
}
