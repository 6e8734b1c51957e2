import type { TwoTenants } from "../tenants/two-tenants.ts";
import { clientWith, type GraphClient } from "./graph-client.ts";

/** A client that may do everything in a home tenant whose only applications are Alpha, beta, Gamma and delta's. */
export async function fourApplications(world: TwoTenants): Promise<GraphClient> {
  world.azure.state.applications.clear();
  const home = clientWith(world, 0, "Application.ReadWrite.All");
  for (const displayName of ["Alpha", "beta", "Gamma", "delta's"]) {
    const identifierUris = [`api://${displayName.slice(0, 4)}`];
    await home("POST", "/applications", { displayName, identifierUris });
  }
  return home;
}
