import type { Case } from "../case.ts";
import type { PlantedAccounts } from "./planted-accounts.ts";
import { refuses } from "./refuses.ts";
import type { Tool } from "./tool.ts";

const NOT_PERMITTED = [
  "ERROR CODE: AuthorizationPermissionMismatch",
  "This request is not authorized to perform this operation using this permission.",
];

/** What is refused is shown with Azure's code and text. */
export function rcloneRefusals(rclone: Tool, { clientIds, home }: PlantedAccounts): Case[] {
  const once = (args: readonly string[], settings: Record<string, string>) => () =>
    rclone.run([...args, "--retries=1", "--low-level-retries=1"], settings);
  const list = (AZURE_CLIENT_ID: string) => once(["ls", "invoices:invoices"], { AZURE_CLIENT_ID });
  return [
    refuses(
      "refuses an application that trusts another subject",
      list(clientIds.wrongSubject),
      "AADSTS700213: No matching federated identity record found for presented assertion subject",
    ),
    refuses(
      "refuses an application without service principal in the tenant",
      list(clientIds.notAdmitted),
      "AADSTS7000229",
      "is missing service principal in the tenant",
    ),
    refuses(
      "refuses the application in the wrong tenant",
      once(["ls", "invoices:invoices"], { AZURE_TENANT_ID: home.tenantId }),
      "AADSTS7000229",
      `is missing service principal in the tenant ${home.tenantId}`,
    ),
    refuses("refuses an application without role", list(clientIds.withoutRole), ...NOT_PERMITTED),
    refuses(
      "refuses a reader to write",
      once(["copy", "files", "invoices:invoices/refused"], { AZURE_CLIENT_ID: clientIds.reader }),
      ...NOT_PERMITTED,
    ),
    refuses(
      "refuses the identity's own token at another tenant's account",
      once(["ls", "by_foreign_identity:invoices"], {}),
      "ERROR CODE: InvalidAuthenticationInfo",
      "Issuer validation failed. Issuer did not match.",
    ),
    refuses(
      "refuses an account's key where the account allows none",
      once(["ls", "by_key:invoices"], {}),
      "ERROR CODE: KeyBasedAuthenticationNotPermitted",
      "Key based authentication is not permitted on this storage account.",
    ),
  ];
}
