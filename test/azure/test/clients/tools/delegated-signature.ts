import { readFile } from "node:fs/promises";
import { ClientAssertionCredential } from "@azure/identity";
import {
  BlobServiceClient,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  SASProtocol,
} from "@azure/storage-blob";
import type { PlantedAccounts } from "./planted-accounts.ts";

const HOUR = 3_600_000;

/**
 * Signs for the container of invoices as the trusted application, with the letters in `permissions`: the query of a user
 * delegation SAS, an hour long. Made with Microsoft's clients, because the tools only use signatures.
 */
export async function signForInvoices(
  environment: NodeJS.ProcessEnv,
  { resource, clientIds, storage, invoices }: PlantedAccounts,
  permissions: string,
): Promise<string> {
  const { AZURE_FEDERATED_TOKEN_FILE: tokenFile = "", AZURE_AUTHORITY_HOST: authorityHost = "" } =
    environment;
  const credential = new ClientAssertionCredential(
    resource.tenantId,
    clientIds.trusted,
    () => readFile(tokenFile, "utf8"),
    { authorityHost, disableInstanceDiscovery: true },
  );
  const client = new BlobServiceClient(`https://${storage}/${invoices.account}`, credential);
  const now = Date.now();
  const [startsOn, expiresOn] = [new Date(now - HOUR), new Date(now + HOUR)];
  const key = await client.getUserDelegationKey(startsOn, expiresOn);
  const signed = {
    containerName: invoices.container,
    permissions: ContainerSASPermissions.parse(permissions),
    startsOn,
    expiresOn,
    protocol: SASProtocol.Https,
  };
  return generateBlobSASQueryParameters(signed, key, invoices.account).toString();
}
