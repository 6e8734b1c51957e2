import { type EntityType, shown } from "./entity-type.ts";

/** learn.microsoft.com/graph/api/resources/organization; only what a directory without users and licences knows. */
export const organizationType: EntityType = {
  name: "organization",
  resource: "Organization",
  properties: {
    id: shown("text"),
    deletedDateTime: shown("time"),
    displayName: shown("text"),
    tenantType: shown("text"),
    verifiedDomains: shown(),
  },
};
