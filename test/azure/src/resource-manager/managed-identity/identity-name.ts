import { ManagementError } from "../engine/management-error.ts";

/**
 * Throws for a name that no user-assigned identity can have: 3 to 128 letters, digits, hyphens and underscores, of which the
 * first is a letter or a digit (learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules). Code and
 * text are unverified.
 */
export function requireIdentityName(name: string): void {
  if (/^[a-z0-9][a-z0-9_-]{2,127}$/i.test(name)) return;
  throw new ManagementError(
    400,
    "BadRequest",
    `The resource name '${name}' is invalid. It must have 3 to 128 letters, digits, '-' and '_', and begin with a letter or a digit.`,
  );
}
