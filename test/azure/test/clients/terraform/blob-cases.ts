import { type CaseGroup, requireRefused } from "../case.ts";
import type { PlantedTenants } from "./planted-tenants.ts";
import type { OpenWorkspace } from "./workspace.ts";

/** Blobs of an account that takes no key, as its subscription's owner, who has no role on blobs. */
export async function blobCases(
  { resource, foreignContainerId }: PlantedTenants,
  open: OpenWorkspace,
): Promise<CaseGroup> {
  const workspace = await open("blob", {
    tenant: resource,
    storage_container_id: foreignContainerId,
  });
  return {
    cases: [
      {
        name: "refuses blobs to an owner without data role",
        run: async () =>
          requireRefused(
            await workspace.run("apply", "-auto-approve"),
            // The head of a blob is asked for first, and a refusal of that has no text.
            "checking for existing Blob",
            "unexpected status 403",
          ),
      },
      {
        name: "refuses an account's key where the account allows none",
        run: async () =>
          requireRefused(
            await workspace.run("apply", "-auto-approve", "-var=storage_use_azuread=false"),
            "checking for existing Blob",
            "unexpected status 403",
          ),
      },
    ],
    close: () => workspace.close(),
  };
}
