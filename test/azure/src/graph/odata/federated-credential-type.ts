import { type EntityType, filterable, shown } from "./entity-type.ts";

/** learn.microsoft.com/graph/api/resources/federatedidentitycredential: name and subject (and issuer) support `$filter` (eq). */
export const federatedCredentialType: EntityType = {
  name: "federatedIdentityCredential",
  resource: "FederatedIdentityCredential",
  properties: {
    id: shown("text"),
    name: filterable("text", "eq"),
    issuer: filterable("text", "eq"),
    subject: filterable("text", "eq"),
    description: shown("text"),
    audiences: shown("texts"),
  },
};
