import { isJsonObject } from "../../base/json.ts";
import type { Azure } from "../../service/azure.ts";
import type { Application } from "../../world/directory-records.ts";
import { findVisibleServicePrincipal } from "../../world/directory/directory.ts";
import type { TokenResource } from "../../world/tokens/resources.ts";

/**
 * The API of an application, by its application id or one of its `identifierUris`, where it has a service principal in the
 * tenant; undefined when there is none. Another tenant's application may have the same URI
 * (entra/identity-platform/howto-convert-app-to-be-multi-tenant). The application says which version its tokens have: in v2.0
 * the audience is its id, in v1.0 the name that was asked for (entra/identity-platform/access-token-claims-reference, `aud`;
 * graph/api/resources/apiapplication, `requestedAccessTokenVersion`).
 */
export function findApplicationResource(
  azure: Azure,
  identifier: string,
  tenantId: string,
): TokenResource | undefined {
  for (const application of azure.state.applications.values()) {
    if (!isOf(application, identifier)) continue;
    const { appId, settings } = application;
    const principal = findVisibleServicePrincipal(azure, tenantId, appId);
    if (principal === undefined) continue;
    const api = settings["api"];
    const isV2 = isJsonObject(api) && api["requestedAccessTokenVersion"] === 2;
    return isV2
      ? { name: "application", audience: appId, version: 2, principal }
      : { name: "application", audience: identifier, version: 1, principal };
  }
  return undefined;
}

function isOf({ appId, settings }: Application, identifier: string): boolean {
  const uris = settings["identifierUris"];
  return appId === identifier.toLowerCase() || (Array.isArray(uris) && uris.includes(identifier));
}
