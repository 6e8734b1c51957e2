import { badRequest } from "./graph-error.ts";

const SETTINGS = ["appRoleAssignmentRequired", "description", "notes", "tags"];

/** What a POST or PATCH writes to a service principal. */
export interface PrincipalSettings extends Record<string, unknown> {
  accountEnabled?: boolean;
}

/** Reads the writable properties of a service principal. Throws Graph's 400 for every other. */
export function readPrincipalSettings(body: Record<string, unknown>): PrincipalSettings {
  const { accountEnabled, ...settings } = body;
  const unknown = Object.keys(settings).find((property) => !SETTINGS.includes(property));
  if (unknown !== undefined) throw badRequest(`Invalid property '${unknown}'.`);
  if (accountEnabled === undefined) return settings;
  if (typeof accountEnabled !== "boolean") {
    throw badRequest(
      "Invalid value specified for property 'accountEnabled' of resource 'ServicePrincipal'.",
    );
  }
  return { ...settings, accountEnabled };
}
