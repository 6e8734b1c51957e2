import { type CaseGroup, requireRefused, requireText } from "../case.ts";
import type { PlantedTenants } from "./planted-tenants.ts";
import type { Tool } from "./tool.ts";
import type { OpenWorkspace, Workspace } from "./workspace.ts";

/** The tool's own `azurerm` backend, which has a client of its own. Two people work with one state. */
export async function stateCases(
  planted: PlantedTenants,
  open: OpenWorkspace,
  signIn: Tool["stateSignIn"],
): Promise<CaseGroup> {
  const { clientId, environment } = writer(planted, signIn);
  const [one, other] = [
    await open("backend", {}, environment),
    await open("backend", { release: "2" }, environment),
  ];
  const initialise = (workspace: Workspace, container = "state") => {
    const settings = {
      storage_account_name: "contosostate",
      container_name: container,
      tenant_id: planted.home.tenant_id,
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
        name: "refuses the state in a container without role on it",
        run: async () =>
          requireRefused(
            await initialise(one, "payroll"),
            "403",
            "This request is not authorized to perform this operation using this permission.",
          ),
      },
      {
        name: "keeps the state in a blob",
        run: async () => {
          requireText((await initialise(one)).text, "successfully initialized");
          await one.apply();
          await one.requireNoChange();
        },
      },
      {
        name: "refuses a second writer by the lease on the blob",
        run: async () => {
          requireText((await initialise(other)).text, "successfully initialized");
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

/** Who writes the state: the owner at home as a job, or the host's identity on its site. */
function writer({ home, identity, site }: PlantedTenants, signIn: Tool["stateSignIn"]) {
  if (signIn === "oidc") return { clientId: home.client_id, environment: {} };
  const environment = { ...site, ARM_USE_OIDC: "false", ARM_USE_MSI: "true" };
  return { clientId: identity.clientId, environment };
}
