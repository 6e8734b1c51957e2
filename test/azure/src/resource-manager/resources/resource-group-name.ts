import { ManagementError } from "../engine/management-error.ts";

/**
 * Throws for a name that no resource group can have: up to 90 letters, digits, hyphens, periods, underscores and
 * parentheses, no period at the end (learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules).
 * The texts for length and period are unverified.
 */
export function requireGroupName(name: string): void {
  const bad = [...new Set(name.replaceAll(/[\p{L}\p{N}_().-]/gu, ""))].join("");
  if (bad !== "")
    throw invalid(
      "InvalidResourceGroup",
      `The provided resource group name '${name}' has these invalid characters: '${bad}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`,
    );
  if (name.length > 90)
    throw invalid(
      "ResourceGroupNameTooLong",
      `The provided resource group name '${name}' exceeds the maximum length of '90'.`,
    );
  if (name.endsWith("."))
    throw invalid(
      "InvalidResourceGroup",
      `The provided resource group name '${name}' cannot end with a period.`,
    );
}

function invalid(code: string, message: string): ManagementError {
  return new ManagementError(400, code, message);
}
