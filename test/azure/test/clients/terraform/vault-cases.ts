import { type CaseGroup, requireText } from "../case.ts";
import type { PlantedTenants } from "./planted-tenants.ts";
import type { OpenWorkspace } from "./workspace.ts";

/** A key vault with a secret, custom and conditional roles, and a lock. */
export async function vaultCases(
  { home }: PlantedTenants,
  open: OpenWorkspace,
): Promise<CaseGroup> {
  const workspace = await open("vault", { tenant: home });
  const changed = "-var=api_key=second";
  return {
    cases: [
      {
        name: "creates a vault, a secret, roles and a lock",
        run: async () =>
          requireText((await workspace.apply()).text, "9 added, 0 changed, 0 destroyed"),
      },
      { name: "plans no change of them", run: () => workspace.requireNoChange() },
      {
        name: "sets a new version of the secret",
        run: async () => {
          requireText((await workspace.apply(changed)).text, "0 added, 1 changed, 0 destroyed");
          requireText(String((await workspace.outputs())["api_key"]), "second");
          await workspace.requireNoChange(changed);
        },
      },
      {
        name: "destroys them, the soft-deleted secret and vault purged",
        run: async () => requireText((await workspace.destroy()).text, "9 destroyed"),
      },
    ],
    close: () => workspace.close(),
  };
}
