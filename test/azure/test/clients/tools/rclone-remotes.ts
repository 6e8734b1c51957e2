import type { PlantedAccounts } from "./planted-accounts.ts";

/**
 * The remotes of rclone's cases as environment variables: `invoices` of the other tenant as the workload, `backups` of the
 * home tenant as the site's identity, and remotes that are refused.
 */
export function rcloneRemotes(planted: PlantedAccounts): Record<string, string> {
  const { storage, invoices, backups, identity } = planted;
  const exchange = { env_auth: "true", disable_instance_discovery: "true" };
  const managed = { use_msi: "true", msi_client_id: identity.clientId };
  const at = (account: string) => ({ account, endpoint: accountHost(planted, account) });
  const there = at(invoices.account);
  const byPath = { endpoint: `https://${storage}/${invoices.account}` };
  return {
    ...remote("invoices", { ...there, ...exchange }),
    ...remote("by_path", { ...there, ...exchange, ...byPath }),
    ...remote("by_key", { ...there, key: Buffer.alloc(64).toString("base64") }),
    ...remote("by_foreign_identity", { ...there, ...managed }),
    ...remote("backups", { ...at(backups.account), ...managed }),
  };
}

/** The address of an account that has its name in the host: azblob signs for the account that it finds there. */
export function accountHost({ storage }: PlantedAccounts, account: string): string {
  return `https://${account}.blob.${storage}`;
}

/** A remote of the azureblob backend; every setting may be a variable (rclone.org/docs, "Config file"). */
export function remote(name: string, settings: Record<string, string>): Record<string, string> {
  const all = Object.entries({ type: "azureblob", ...settings });
  return Object.fromEntries(
    all.map(([setting, value]) => [
      `RCLONE_CONFIG_${name.toUpperCase()}_${setting.toUpperCase()}`,
      value,
    ]),
  );
}
