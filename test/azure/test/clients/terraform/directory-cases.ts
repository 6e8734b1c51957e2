import { type CaseGroup, requireText } from "../case.ts";
import { importBlocks } from "./import-blocks.ts";
import type { PlantedTenants } from "./planted-tenants.ts";
import type { OpenWorkspace } from "./workspace.ts";

/** Applications and service principals of one tenant, as its owner. */
export async function directoryCases(
  { home }: PlantedTenants,
  open: OpenWorkspace,
): Promise<CaseGroup> {
  const [workspace, imported] = [
    await open("directory", { tenant: home }),
    await open("directory", { tenant: home }),
  ];
  const changed = "-var=purpose=receipts";
  return {
    cases: [
      {
        name: "creates applications, credentials, owners and service principals",
        run: async () =>
          requireText((await workspace.apply()).text, "8 added, 0 changed, 0 destroyed"),
      },
      { name: "plans no change of the directory", run: () => workspace.requireNoChange() },
      {
        name: "updates the directory in place",
        run: async () => {
          requireText((await workspace.apply(changed)).text, "0 added, 4 changed, 0 destroyed");
          await workspace.requireNoChange(changed);
        },
      },
      {
        name: "imports the directory",
        run: async () => {
          await imported.add("imports.tf", await importBlocks(workspace));
          const { text } = await imported.run("plan", changed);
          // What changes is a setting of the provider's alone, whether to refuse a name that another application has.
          requireText(text, "8 to import, 0 to add, 1 to change, 0 to destroy");
        },
      },
      {
        name: "destroys the directory's objects",
        run: async () => requireText((await workspace.destroy()).text, "8 destroyed"),
      },
    ],
    close: async () => {
      await workspace.close();
      await imported.close();
    },
  };
}
