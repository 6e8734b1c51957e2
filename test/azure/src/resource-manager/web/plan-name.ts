import { webError } from "./web-error.ts";

/**
 * Throws for a name that no App Service plan can have: 1 to 60 letters, digits and hyphens, of any script
 * (learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules), and underscores, which Azure takes
 * (hashicorp/terraform-provider-azurerm pull request 1351). The text is unverified.
 */
export function requirePlanName(name: string): void {
  if (/^[\p{L}\p{M}\p{N}_-]{1,60}$/u.test(name)) return;
  throw webError(
    400,
    "BadRequest",
    "The parameter name has an invalid value: '{0}'. A plan's name has 1 to 60 letters, digits, hyphens and underscores.",
    [name],
  );
}
