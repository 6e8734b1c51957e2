import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../base/json.ts";
import type { Azure } from "../../service/azure.ts";
import type { ServicePrincipal } from "../../world/directory-records.ts";
import { notImplemented } from "../engine/errors.ts";
import { servicePrincipalType } from "../odata/types.ts";
import { renderServicePrincipal } from "../render/service-principal.ts";
import {
  flag,
  nullableObject,
  type PropertyRule,
  readChanges,
  text,
  texts,
} from "./writable-properties.ts";

/** Enough for every text whose limit the reference does not tell. */
const LONG = 32_768;

/** What can be written to a service principal (graph/api/resources/serviceprincipal, graph/api/serviceprincipal-update). */
const WRITABLE: Readonly<Record<string, PropertyRule>> = {
  accountEnabled: flag,
  alternativeNames: texts,
  appRoleAssignmentRequired: flag,
  description: text(1024, true),
  displayName: text(256, false),
  homepage: text(LONG, true),
  loginUrl: text(LONG, true),
  logoutUrl: text(LONG, true),
  notes: text(1024, true),
  notificationEmailAddresses: texts,
  preferredSingleSignOnMode: text(LONG, true),
  preferredTokenSigningKeyThumbprint: text(LONG, true),
  replyUrls: texts,
  samlSingleSignOnSettings: nullableObject,
  tags: texts,
};

/**
 * Writes the properties of a POST or PATCH body onto a service principal, all or none. Throws as readChanges does, and 501 for
 * roles that only its tenant has (graph/api/resources/approle).
 */
export function writePrincipal(azure: Azure, principal: ServicePrincipal, body: JsonObject): void {
  const shown = renderServicePrincipal(azure, principal);
  const { appRoles = shown.appRoles, ...others } = body;
  if (!isDeepStrictEqual(appRoles, shown.appRoles))
    throw notImplemented("appRoles of a service principal's own");
  const changes = readChanges(servicePrincipalType, WRITABLE, shown, others);
  const { accountEnabled, displayName, ...settings } = changes;
  if (typeof accountEnabled === "boolean") principal.accountEnabled = accountEnabled;
  if (typeof displayName === "string") principal.displayName = displayName;
  Object.assign(principal.settings, settings);
}
