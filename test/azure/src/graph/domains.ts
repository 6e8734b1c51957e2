import { initialDomain } from "../world/directory/lookup.ts";
import { keyOf } from "./engine/addressed-objects.ts";
import { notFound } from "./engine/errors.ts";
import { READ_DOMAINS } from "./engine/permissions.ts";
import type { GraphRequest, GraphRoute } from "./engine/route.ts";
import { answerCollection, answerEntity } from "./odata/answer-entities.ts";
import { domainType } from "./odata/types.ts";

const common = {
  method: "GET",
  supported: "partly",
  missing: "domains beside the initial one, filters",
  verified: "document",
  permissions: READ_DOMAINS,
} as const;

/** The domain that a tenant has from the first (graph/api/resources/domain). */
export const domainRoutes: readonly GraphRoute[] = [
  {
    ...common,
    path: "/domains",
    document: "graph/api/domain-list",
    handle: (request) => answerCollection(request, domainType, "domains", [render(request)]),
  },
  {
    ...common,
    path: "/domains/{id}",
    document: "graph/api/domain-get",
    handle: (request) => {
      const { value } = keyOf(request, "domains");
      const domain = render(request);
      if (value.toLowerCase() !== domain.id) throw notFound(value);
      return answerEntity(request, domainType, "domains", domain);
    },
  },
];

function render({ caller }: GraphRequest) {
  return {
    authenticationType: "Managed",
    availabilityStatus: null,
    id: initialDomain(caller.tenantId),
    isAdminManaged: true,
    isDefault: true,
    isInitial: true,
    isRoot: true,
    isVerified: true,
    passwordNotificationWindowInDays: null,
    passwordValidityPeriodInDays: null,
    state: null,
    supportedServices: ["Email", "OfficeCommunicationsOnline"],
  };
}
