import { requireRefused, requireText, type CaseGroup } from "../case.ts";
import type { PlantedTenants } from "./planted-tenants.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

/** Terraform's own `azurerm` backend, which has a client of its own. Two people work with one state. */
export async function stateCases(
  { home, clients }: PlantedTenants,
  environment: NodeJS.ProcessEnv,
): Promise<CaseGroup> {
  const [one, other] = [
    await openWorkspace("backend", environment),
    await openWorkspace("backend", environment, { release: "2" }),
  ];
  const initialise = (workspace: Workspace, clientId: string) => {
    const settings = {
      storage_account_name: "contosostate",
      tenant_id: home.tenant_id,
      client_id: clientId,
    };
    const given = Object.entries(settings).map(
      ([name, value]) => `-backend-config=${name}=${value}`,
    );
    return workspace.run("init", "-reconfigure", ...given);
  };
  return {
    cases: [
      {
        name: "refuses the state to a client without role",
        run: async () =>
          requireRefused(
            await initialise(one, clients.withoutRole.clientId),
            "403",
            "This request is not authorized to perform this operation using this permission.",
          ),
      },
      {
        name: "keeps the state in a blob",
        run: async () => {
          requireText((await initialise(one, home.client_id)).text, "successfully initialized");
          await one.apply();
          await one.requireNoChange();
        },
      },
      {
        name: "refuses a second writer by the lease on the blob",
        run: async () => {
          requireText((await initialise(other, home.client_id)).text, "successfully initialized");
          const release = await other.holdLock();
          requireRefused(
            await one.run("plan"),
            "Error acquiring the state lock",
            "state blob is already locked",
          );
          await release();
          await one.requireNoChange();
        },
      },
      {
        name: "lets the other go on from the same state",
        run: async () => {
          requireText((await other.apply()).text, "0 added, 1 changed, 0 destroyed");
          requireText((await other.destroy()).text, "1 destroyed");
        },
      },
    ],
    close: async () => {
      await one.close();
      await other.close();
    },
  };
}
