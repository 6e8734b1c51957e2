import type { Azure } from "../../service/azure.ts";
import type { TokenResource } from "../../world/tokens/resources.ts";
import { findApplicationResource } from "./application-resource.ts";
import { EntraRefusal } from "./entra-refusal.ts";
import { findFirstPartyResource } from "./first-party-resource.ts";

/** A token is only issued for a resource that the tenant knows (error codes reference, AADSTS500011; text observed). */
export function requireResource(azure: Azure, identifier: string, tenantId: string): TokenResource {
  const resource =
    findFirstPartyResource(azure, identifier, tenantId) ??
    findApplicationResource(azure, identifier, tenantId);
  if (resource !== undefined) return resource;
  throw new EntraRefusal(
    500011,
    400,
    "invalid_resource",
    `The resource principal named ${identifier} was not found in the tenant named ${tenantId}. ` +
      "This can happen if the application has not been installed by the administrator of the tenant or consented to " +
      "by any user in the tenant. You might have sent your authentication request to the wrong tenant.",
  );
}
