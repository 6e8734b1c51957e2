import { type EntityType, shown } from "./entity-type.ts";

/** learn.microsoft.com/graph/api/resources/domain; for the one domain that a tenant has from the first. */
export const domainType: EntityType = {
  name: "domain",
  resource: "Domain",
  properties: {
    id: shown("text"),
    authenticationType: shown("text"),
    availabilityStatus: shown("text"),
    isAdminManaged: shown("flag"),
    isDefault: shown("flag"),
    isInitial: shown("flag"),
    isRoot: shown("flag"),
    isVerified: shown("flag"),
    passwordNotificationWindowInDays: shown(),
    passwordValidityPeriodInDays: shown(),
    state: shown(),
    supportedServices: shown("texts"),
  },
};
