import type { JsonObject } from "../../base/json.ts";
import type { Application } from "../../world/directory-records.ts";
import type { State } from "../../world/state.ts";
import { invalidValue, notImplemented, objectConflict } from "../engine/errors.ts";
import { applicationType } from "../odata/types.ts";
import { renderApplication } from "../render/application.ts";
import { readAppRoles } from "./app-roles-body.ts";
import {
  flag,
  nullableFlag,
  nullableObject,
  object,
  objects,
  type PropertyRule,
  readChanges,
  text,
  texts,
} from "./writable-properties.ts";

/** Enough for every text whose limit the reference does not tell. */
const LONG = 32_768;
const AUDIENCES = ["AzureADMyOrg", "AzureADMultipleOrgs"];
const PERSONAL_AUDIENCES = ["AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount"];

/** What can be written to an application (graph/api/resources/application, graph/api/application-update). */
const WRITABLE: Readonly<Record<string, PropertyRule>> = {
  addIns: objects,
  api: object,
  appRoles: objects,
  defaultRedirectUri: text(LONG, true),
  description: text(1024, true),
  displayName: text(256, false),
  groupMembershipClaims: text(LONG, true),
  identifierUris: texts,
  info: object,
  isDeviceOnlyAuthSupported: nullableFlag,
  isFallbackPublicClient: nullableFlag,
  notes: text(LONG, true),
  oauth2RequirePostResponse: flag,
  optionalClaims: nullableObject,
  parentalControlSettings: object,
  publicClient: object,
  requestSignatureVerification: nullableObject,
  requiredResourceAccess: objects,
  samlMetadataUrl: text(LONG, true),
  serviceManagementReference: text(LONG, true),
  servicePrincipalLockConfiguration: nullableObject,
  signInAudience: text(LONG, false),
  spa: object,
  tags: texts,
  tokenEncryptionKeyId: text(LONG, true),
  web: object,
};

/**
 * Writes the properties of a POST or PATCH body onto an application, all or none. Throws Graph's 400 (see readChanges) and
 * 501 for personal accounts.
 */
export function writeApplication(state: State, application: Application, body: JsonObject): void {
  const changes = readChanges(applicationType, WRITABLE, renderApplication(application), body);
  const { displayName, signInAudience, requiredResourceAccess, appRoles, ...settings } = changes;
  const held = application.appRoles ?? [];
  const roles = appRoles === undefined ? held : readAppRoles(appRoles, held);
  if (typeof signInAudience === "string") requireAudience(signInAudience);
  requireOwnIdentifiers(state, application, settings["identifierUris"]);
  if (typeof displayName === "string") application.displayName = displayName;
  if (typeof signInAudience === "string") application.signInAudience = signInAudience;
  if (Array.isArray(requiredResourceAccess)) {
    application.requiredResourceAccess = requiredResourceAccess;
  }
  application.appRoles = roles;
  Object.assign(application.settings, settings);
}

/** Text observed for this property (OfficeDev/TeamsFx, the tests of its application client). */
function requireAudience(signInAudience: string): void {
  if (PERSONAL_AUDIENCES.includes(signInAudience)) {
    throw notImplemented(`signInAudience ${signInAudience}`);
  }
  if (!AUDIENCES.includes(signInAudience)) throw invalidValue("signInAudience", "Application");
}

/** An identifier URI is unique in its tenant (graph/api/resources/application). */
export function requireOwnIdentifiers(
  state: State,
  { tenantId, objectId }: Application,
  identifiers: unknown,
): void {
  if (!Array.isArray(identifiers)) return;
  for (const other of state.applications.values()) {
    if (other.tenantId !== tenantId || other.objectId === objectId) continue;
    const taken = other.settings["identifierUris"];
    if (Array.isArray(taken) && taken.some((uri) => identifiers.includes(uri))) {
      throw objectConflict("identifierUris");
    }
  }
}
