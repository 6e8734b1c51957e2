import type { LocalAzure } from "../../../src/local-azure/local-azure.ts";
import { type CaseGroup, requireRefused, requireText } from "../case.ts";
import { importBlocks } from "./import-blocks.ts";
import type { PlantedTenants } from "./planted-tenants.ts";
import { readAsSite } from "./read-as-site.ts";
import { trustIdentity } from "./trust-identity.ts";
import type { OpenWorkspace, Workspace } from "./workspace.ts";

/** The whole scenario in one configuration with a provider per tenant, from its creation to its end. */
export async function crossTenantCases(
  azure: LocalAzure,
  { home, resource, application, workflow }: PlantedTenants,
  open: OpenWorkspace,
): Promise<CaseGroup> {
  const { clientId: client_id, objectId: principal_id } = application;
  const variables = {
    home_tenant: home,
    resource_tenant: resource,
    application: { client_id, principal_id },
    workflow: { issuer: workflow.issuer, subject: workflow.subject },
  };
  const [workspace, imported] = [
    await open("cross-tenant", variables),
    await open("cross-tenant", variables),
  ];
  const changed = "-var=purpose=receipts";
  return {
    cases: [
      {
        name: "creates a site in one tenant and its data in the other",
        run: async () => requireText((await workspace.apply()).text, "13 added, 0 changed"),
      },
      { name: "plans no change of them", run: () => workspace.requireNoChange() },
      {
        name: "lets an identity sign in by its federated credential",
        run: () => signInAsPublisher(workspace, home, open),
      },
      {
        name: "refuses the site until the application trusts its identity",
        run: async () => {
          const site = await readAsSite(azure, await workspace.outputs(), resource, client_id);
          requireRefused(site, "AADSTS700211");
        },
      },
      {
        name: "lets the site read what Terraform wrote in the other tenant",
        run: async () => {
          const outputs = await workspace.outputs();
          await trustIdentity(azure, home, client_id, outputs["identity"]);
          const site = await readAsSite(azure, outputs, resource, client_id);
          requireText(site.text, "Written by Terraform.");
        },
      },
      {
        name: "updates both sides in place",
        run: async () => {
          requireText((await workspace.apply(changed)).text, "0 added, 6 changed, 0 destroyed");
          await workspace.requireNoChange(changed);
        },
      },
      {
        name: "imports what it created, but the blob",
        run: async () => {
          await imported.add("imports.tf", await importBlocks(workspace));
          const { text } = await imported.run("plan", changed);
          // What changes is a setting of the provider's alone, whether to skip a check before it assigns a role.
          requireText(text, "12 to import, 1 to add, 1 to change, 0 to destroy");
        },
      },
      {
        name: "destroys both sides",
        run: async () => requireText((await workspace.destroy()).text, "13 destroyed"),
      },
    ],
    close: async () => {
      await workspace.close();
      await imported.close();
    },
  };
}

/** Signs in as the user-assigned identity that trusts the workflow. */
async function signInAsPublisher(
  workspace: Workspace,
  { tenant_id, subscription_id }: PlantedTenants["home"],
  open: OpenWorkspace,
): Promise<void> {
  const { publisher } = await workspace.outputs();
  const { client_id, principal_id } = publisher as Record<string, string>;
  const asPublisher = await open("sign-in", { tenant_id, subscription_id, client_id });
  await asPublisher.apply();
  const outputs = await asPublisher.outputs();
  await asPublisher.close();
  requireText(String(outputs["principal_id"]), principal_id ?? "no identity");
}
