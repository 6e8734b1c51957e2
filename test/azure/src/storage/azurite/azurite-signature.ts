import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  type StorageSharedKeyCredential,
} from "@azure/storage-blob";
import type { BlobGrant } from "../access/storage-authorization.ts";

/**
 * The query that lets a request in at Azurite, whose own clock is the machine's, whatever the injected one says. It enforces
 * that nothing is replaced where the grant is for adding.
 */
export function azuriteSignature(
  credential: StorageSharedKeyCredential,
  grant: BlobGrant = "full",
): string {
  return generateAccountSASQueryParameters(
    {
      expiresOn: new Date(Date.now() + 15 * 60_000),
      permissions: AccountSASPermissions.parse(grant === "full" ? "rwdxlacuptfi" : "rdxlacuptfi"),
      services: AccountSASServices.parse("b").toString(),
      resourceTypes: AccountSASResourceTypes.parse("sco").toString(),
      version: "2020-10-02",
    },
    credential,
  ).toString();
}
