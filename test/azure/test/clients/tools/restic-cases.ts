import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Case, requireText } from "../case.ts";
import { signForInvoices } from "./delegated-signature.ts";
import type { PlantedAccounts } from "./planted-accounts.ts";
import { refuses } from "./refuses.ts";
import type { Tool } from "./tool.ts";

/**
 * Backups, as the site's identity in its own tenant and by a signature in the other one: restic has no switch for instance
 * discovery, so here it cannot exchange tokens itself.
 */
export function resticCases(
  restic: Tool,
  planted: PlantedAccounts,
  environment: NodeJS.ProcessEnv,
  folder: string,
): Case[] {
  const { backups, invoices, identity } = planted;
  const asSite = {
    AZURE_ACCOUNT_NAME: backups.account,
    RESTIC_REPOSITORY: `azure:${backups.container}:/site`,
    AZURE_TOKEN_CREDENTIALS: "ManagedIdentityCredential",
    AZURE_CLIENT_ID: identity.clientId,
  };
  const there = {
    AZURE_ACCOUNT_NAME: invoices.account,
    RESTIC_REPOSITORY: `azure:${invoices.container}:/site`,
  };
  const signed = async (permissions: string) => {
    const AZURE_ACCOUNT_SAS = await signForInvoices(environment, planted, permissions);
    return { ...there, AZURE_ACCOUNT_SAS };
  };
  const keep = async (settings: Record<string, string>) => {
    await restic.succeed(["init"], settings);
    await restic.succeed(["backup", "files"], settings);
    requireText(await restic.succeed(["check", "--read-data"], settings), "no errors were found");
  };
  return [
    refuses(
      "refuses the identity's token for another tenant's account",
      () => restic.run(["init"], { ...asSite, ...there }),
      "InvalidAuthenticationInfo",
      "Issuer validation failed. Issuer did not match.",
    ),
    { name: "keeps a repository as the site's identity", run: () => keep(asSite) },
    {
      name: "restores a backup",
      run: async () => {
        await restic.succeed(["restore", "latest:files", "--target", "restored"], asSite);
        await requireSameFile(join(folder, "files"), join(folder, "restored"), "large.bin");
      },
    },
    {
      name: "forgets a backup and deletes its blobs",
      run: async () => {
        await restic.succeed(["forget", "latest", "--prune"], asSite);
        requireText(await restic.succeed(["stats", "--mode=raw-data"], asSite), "Total Size:  0 B");
      },
    },
    {
      name: "keeps a repository in the other tenant by a user delegation SAS",
      run: async () => keep(await signed("racwdl")),
    },
    refuses(
      "refuses to write by a SAS that only reads",
      async () => restic.run(["backup", "files"], await signed("rl")),
      "AuthorizationPermissionMismatch",
      "This request is not authorized to perform this operation using this permission.",
    ),
  ];
}

async function requireSameFile(one: string, other: string, name: string): Promise<void> {
  const [first, second] = await Promise.all(
    [one, other].map((folder) => readFile(join(folder, name))),
  );
  if (first === undefined || second === undefined || !first.equals(second))
    throw new Error(`${name} differs`);
}
