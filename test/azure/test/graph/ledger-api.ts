import type { TwoTenants } from "../tenants/two-tenants.ts";
import { clientWith, type GraphClient } from "./graph-client.ts";

/** Ids of the ledger's roles. */
export const READ_ROLE = "11111111-1111-4111-8111-111111111111";
export const WRITE_ROLE = "22222222-2222-4222-8222-222222222222";
export const PEOPLE_ROLE = "33333333-3333-4333-8333-333333333333";
export const LEDGER_URI = "api://ledger.contoso.example";

/** An application with an API whose roles clients can be assigned, and its service principal in the same tenant. */
export interface LedgerApi {
  /** May write every application and assign roles. */
  readonly admin: GraphClient;
  readonly applicationId: string;
  readonly appId: string;
  readonly principalId: string;
}

/** What to write as an application's role. */
export function appRole(id: string, value: string | null, changes: Record<string, unknown> = {}) {
  const texts = { displayName: `role ${value}`, description: "may" };
  return { id, value, ...texts, allowedMemberTypes: ["Application"], isEnabled: true, ...changes };
}

/** Registers the ledger in the home tenant (0) or the resource tenant (1). For tests. */
export async function registerLedger(world: TwoTenants, tenant: 0 | 1): Promise<LedgerApi> {
  const permissions = ["Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"];
  const admin = clientWith(world, tenant, ...permissions);
  const { body: application } = await admin("POST", "/applications", {
    displayName: "ledger",
    signInAudience: "AzureADMultipleOrgs",
    identifierUris: [LEDGER_URI],
    appRoles: [
      appRole(READ_ROLE, "Entries.Read"),
      appRole(WRITE_ROLE, "Entries.Write"),
      appRole(PEOPLE_ROLE, "Entries.Look", { allowedMemberTypes: ["User"] }),
    ],
  });
  const appId = String(application["appId"]);
  const { body: principal } = await admin("POST", "/servicePrincipals", { appId });
  const [applicationId, principalId] = [String(application["id"]), String(principal["id"])];
  return { admin, applicationId, appId, principalId };
}
