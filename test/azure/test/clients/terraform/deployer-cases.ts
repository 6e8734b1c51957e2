import type { LocalAzure } from "../../../src/local-azure/local-azure.ts";
import { type Case, type CaseGroup, requireRefused, requireText } from "../case.ts";
import { plantDeployers } from "./planted-deployers.ts";
import { readAsSite } from "./read-as-site.ts";
import type { OpenWorkspace, Outcome } from "./workspace.ts";

/** The whole stack, directory included, as the tenants' deployers, who may do nothing else. */
export async function deployerCases(azure: LocalAzure, open: OpenWorkspace): Promise<CaseGroup> {
  const deployers = plantDeployers(azure);
  const { home, resource } = deployers;
  const workspace = await open("deployers", {
    home_tenant: home,
    resource_tenant: resource,
    login_endpoint: azure.endpoints.login,
    foreign_application_id: deployers.foreignApplicationId,
  });
  const changed = "-var=purpose=receipts";
  return {
    cases: [
      {
        name: "refuses the resource deployer an account's file services",
        run: async () =>
          requireRefused(
            await workspace.run("apply", "-auto-approve"),
            unauthorized("Microsoft.Storage/storageAccounts/fileServices/read"),
          ),
      },
      {
        name: "refuses the home deployer to ask whether a site's name is free",
        run: async () => {
          deployers.allowFileServices();
          requireRefused(
            await workspace.run("apply", "-auto-approve"),
            unauthorized("Microsoft.Web/checknameavailability/read"),
          );
        },
      },
      {
        name: "creates the stack as its deployers, once they may read both",
        run: async () => {
          deployers.allowNameCheck();
          requireText((await workspace.apply()).text, "1 added, 0 changed, 0 destroyed");
        },
      },
      { name: "plans no change of it", run: () => workspace.requireNoChange() },
      {
        name: "lets the site into the container",
        run: async () => {
          const outputs = await workspace.outputs();
          const clientId = String(outputs["application_client_id"]);
          // Whoever may not read is told that, and not what is there.
          const site = await readAsSite(azure, outputs, resource, clientId);
          requireRefused(site, "BlobNotFound");
        },
      },
      {
        name: "updates it in place",
        run: async () => {
          requireText((await workspace.apply(changed)).text, "0 added, 5 changed, 0 destroyed");
          await workspace.requireNoChange(changed);
        },
      },
      ...beyondCases(() => workspace.run("apply", "-auto-approve", changed, "-var=beyond=true")),
      {
        name: "destroys it",
        run: async () => requireText((await workspace.destroy()).text, "11 destroyed"),
      },
    ],
    close: () => workspace.close(),
  };
}

/** What stands in beyond.tf: one run, of which each case looks at one refusal. */
function beyondCases(apply: () => Promise<Outcome>): Case[] {
  let applied: Promise<Outcome> | undefined;
  const refuses = (what: string, ...reasons: string[]): Case => ({
    name: `refuses ${what}`,
    run: async () => requireRefused(await (applied ??= apply()), ...reasons),
  });
  const identities = "Microsoft.ManagedIdentity/userAssignedIdentities";
  return [
    refuses(
      "the resource deployer another role than its condition allows",
      "does not have authorization or an ABAC condition not fulfilled to perform action 'Microsoft.Authorization/roleAssignments/write'",
    ),
    refuses(
      "the home deployer any role assignment",
      unauthorized("Microsoft.Authorization/roleAssignments/read"),
    ),
    refuses(
      "the home deployer a storage account",
      unauthorized("Microsoft.Storage/storageAccounts/read"),
    ),
    refuses(
      "the home deployer a credential of an identity",
      unauthorized(`${identities}/federatedIdentityCredentials/read`),
    ),
    refuses("the resource deployer an identity", unauthorized(`${identities}/read`)),
    refuses(
      "the resource deployer the account's keys, which the provider asks for to write a blob",
      unauthorized("Microsoft.Storage/storageAccounts/listkeys/action"),
    ),
    refuses(
      "the home deployer another's application",
      "Adding federated identity credential",
      "Authorization_RequestDenied: Insufficient privileges to complete the operation.",
    ),
  ];
}

function unauthorized(action: string): string {
  return `does not have authorization to perform action '${action}'`;
}
