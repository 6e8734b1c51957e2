import { isGuid } from "../../base/guid.ts";
import { isJsonObject, type JsonObject } from "../../base/json.ts";
import type { AppRole } from "../../world/directory-records.ts";
import { badRequest, GraphError, invalidValue } from "../engine/errors.ts";

const properties = [
  "allowedMemberTypes",
  "description",
  "displayName",
  "id",
  "isEnabled",
  "origin",
  "value",
];

/**
 * The roles that a body gives an application's API in place of those it has (graph/api/resources/approle). Throws Graph's 400,
 * also for one that is taken away while it is enabled (code and text observed; those of other refusals are unverified).
 */
export function readAppRoles(given: unknown, held: readonly AppRole[]): AppRole[] {
  if (!Array.isArray(given) || !given.every(isJsonObject)) throw invalid();
  const roles = given.map(readAppRole);
  const values = roles.flatMap(({ value }) => (value === null ? [] : [value]));
  if (hasDuplicates(roles.map(({ id }) => id)) || hasDuplicates(values))
    throw badRequest("Request contains a property with duplicate values.");
  const isKept = ({ id }: AppRole) => roles.some((role) => role.id === id);
  if (held.some((role) => role.isEnabled && !isKept(role)))
    throw new GraphError(
      400,
      "CannotDeleteOrUpdateEnabledEntitlement",
      "Permission (scope or role) cannot be deleted or updated unless disabled first.",
    );
  return roles;
}

function readAppRole(given: JsonObject): AppRole {
  const unknown = Object.keys(given).find((name) => !properties.includes(name));
  if (unknown !== undefined) throw badRequest(`Invalid property '${unknown}'.`);
  const { id, isEnabled = true, origin = "Application", value = null } = given;
  if (typeof id !== "string" || !isGuid(id) || typeof isEnabled !== "boolean") throw invalid();
  if (origin !== "Application" || !isRoleValue(value)) throw invalid();
  return {
    allowedMemberTypes: readMemberTypes(given["allowedMemberTypes"]),
    description: readText(given["description"]),
    displayName: readText(given["displayName"]),
    id: id.toLowerCase(),
    isEnabled,
    origin,
    value,
  };
}

function readMemberTypes(given: unknown): string[] {
  if (!Array.isArray(given) || given.length === 0) throw invalid();
  if (!given.every((type) => type === "User" || type === "Application")) throw invalid();
  return given;
}

function readText(given: unknown): string {
  if (typeof given !== "string" || given === "") throw invalid();
  return given;
}

/** Visible ASCII but for the quotation mark and the backslash; no dot at the start. */
function isRoleValue(value: unknown): value is string | null {
  return value === null || (typeof value === "string" && /^(?!\.)[!#-[\]-~]{1,120}$/.test(value));
}

function hasDuplicates(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length;
}

function invalid(): GraphError {
  return invalidValue("appRoles", "Application");
}
