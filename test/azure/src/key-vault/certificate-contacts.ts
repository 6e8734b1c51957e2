import { VaultError } from "./errors.ts";
import type { VaultRoute } from "./route.ts";

/**
 * Whom a vault tells of its certificates (https://learn.microsoft.com/rest/api/keyvault/certificates), which tools read with the
 * vault. There are no certificates, so there is nobody. The permission is the only one on contacts that a built-in role has
 * (Key Vault Certificates Officer); that it is the one to read them, and the text, are unverified.
 */
export const certificateContactRoutes: readonly VaultRoute[] = [
  {
    method: "GET",
    path: "/certificates/contacts",
    supported: "yes",
    document: "/rest/api/keyvault/certificates",
    verified: "document",
    dataAction: "certificatecontacts/write",
    handle: () => {
      throw new VaultError(404, "ContactsNotFound", "Contacts not found");
    },
  },
];
