import { ManagementError } from "./management-error.ts";

/**
 * FailedIdentityOperation, 400: what Resource Manager answers for the resource `id` when the managed identity service refused
 * with `status` and `code` (the envelope in Azure/azure-cli issue 31837).
 */
export function failedIdentityOperation(
  id: string,
  status: string,
  code: string,
  message: string,
): ManagementError {
  const response = JSON.stringify({ error: { code, message } });
  return new ManagementError(
    400,
    "FailedIdentityOperation",
    `Identity operation for resource '${id}' failed with error 'Failed to perform resource identity operation. Status: '${status}'. Response: '${response}'.'.`,
  );
}
