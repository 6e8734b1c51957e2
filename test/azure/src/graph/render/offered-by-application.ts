import { isJsonObject } from "../../base/json.ts";
import type { Application } from "../../world/directory-records.ts";

const NO_INFO = {
  logoUrl: null,
  marketingUrl: null,
  privacyStatementUrl: null,
  supportUrl: null,
  termsOfServiceUrl: null,
} as const;

/**
 * What a service principal shows of its application, beside app roles (graph/api/resources/serviceprincipal). As of those,
 * another tenant sees what was offered when its service principal was made.
 */
export function offeredByApplication(application: Application | undefined) {
  const { api, description, info } = application?.settings ?? {};
  const scopes = isJsonObject(api) ? api["oauth2PermissionScopes"] : undefined;
  return {
    appDescription: description ?? null,
    info: info ?? NO_INFO,
    oauth2PermissionScopes: scopes ?? [],
  };
}
