import { certificateContactRoutes } from "./certificate-contacts.ts";
import { deletedSecretRoutes } from "./deleted-secrets.ts";
import type { VaultRoute } from "./route.ts";
import { secretRoutes } from "./secrets.ts";

const refused = {
  supported: "no",
  document: "/rest/api/keyvault",
  verified: "document",
} as const;

/** Every route of a vault. The first that matches answers, so those with a fixed last segment come first. */
export const vaultRoutes: readonly VaultRoute[] = [
  { ...refused, method: "POST", path: "/secrets/restore" },
  { ...refused, method: "POST", path: "/secrets/{name}/backup" },
  { ...refused, method: "GET", path: "/keys" },
  { ...refused, method: "GET", path: "/certificates" },
  { ...refused, method: "PUT", path: "/certificates/contacts" },
  ...certificateContactRoutes,
  ...secretRoutes,
  ...deletedSecretRoutes,
];
