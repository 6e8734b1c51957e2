import type { Application } from "../state.ts";
import { badRequest, notImplemented } from "./graph-error.ts";

/** Writable properties that the local Azure keeps and echoes (graph/api/resources/application). */
const SETTINGS = {
  api: { knownClientApplications: [], oauth2PermissionScopes: [], preAuthorizedApplications: [] },
  appRoles: [],
  description: null,
  groupMembershipClaims: null,
  identifierUris: [],
  isDeviceOnlyAuthSupported: null,
  isFallbackPublicClient: null,
  notes: null,
  optionalClaims: null,
  publicClient: { redirectUris: [] },
  serviceManagementReference: null,
  servicePrincipalLockConfiguration: null,
  spa: { redirectUris: [] },
  tags: [],
  web: { redirectUris: [], homePageUrl: null, logoutUrl: null },
} as const;

const AUDIENCES = ["AzureADMyOrg", "AzureADMultipleOrgs"];

/** The settings of an application that none were given for. */
export function defaultSettings(): Record<string, unknown> {
  return structuredClone(SETTINGS);
}

/**
 * Writes the properties of a POST or PATCH body onto an application. Throws Graph's 400 for a property that does not exist
 * or cannot be written, 501 for keys and secrets, which nothing here may have, and for personal accounts.
 */
export function writeProperties(application: Application, body: Record<string, unknown>): void {
  for (const [property, value] of Object.entries(body)) {
    if (property === "displayName") application.displayName = text(property, value);
    else if (property === "signInAudience") application.signInAudience = audience(value);
    else if (property === "requiredResourceAccess") {
      application.requiredResourceAccess = list(property, value);
    } else if (property === "passwordCredentials" || property === "keyCredentials") {
      if (list(property, value).length > 0) throw notImplemented(`a non-empty ${property}`);
    } else if (Object.hasOwn(SETTINGS, property)) application.settings[property] = value;
    else throw badRequest(`Invalid property '${property}'.`);
  }
}

function text(property: string, value: unknown): string {
  if (typeof value === "string" && value !== "" && value.length <= 256) return value;
  throw badRequest(`Invalid value specified for property '${property}' of resource 'Application'.`);
}

function audience(value: unknown): string {
  const wanted = text("signInAudience", value);
  if (AUDIENCES.includes(wanted)) return wanted;
  throw notImplemented(`signInAudience ${wanted}`);
}

function list(property: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw badRequest(`Invalid value specified for property '${property}' of resource 'Application'.`);
}
