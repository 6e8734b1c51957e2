import type { Azure } from "../../service/azure.ts";
import { findVisibleServicePrincipal } from "../../world/directory/directory.ts";
import { firstPartyApplicationOf } from "../../world/tokens/first-party-applications.ts";
import { findResource, type TokenResource } from "../../world/tokens/resources.ts";

/**
 * A resource of Microsoft's as a tenant has it. Most tenants' service principals of them are not written down, which is as
 * good as ones that nobody has changed.
 */
export function findFirstPartyResource(
  azure: Azure,
  identifier: string,
  tenantId: string,
): TokenResource | undefined {
  const resource = findResource(azure, identifier);
  if (resource === undefined) return undefined;
  const application = firstPartyApplicationOf(resource.name);
  if (application === undefined) return resource;
  const principal = findVisibleServicePrincipal(azure, tenantId, application.appId);
  return principal === undefined ? resource : { ...resource, principal };
}
