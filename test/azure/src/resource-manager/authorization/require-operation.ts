import { matchesOperation } from "../../world/access/operation-pattern.ts";
import { ManagementError } from "../engine/errors.ts";
import { dataOperations, dataResourceTypes } from "./data-operations.ts";

/** The list of a role's permission that an operation stands in. */
export type OperationList = "actions" | "notActions" | "dataActions" | "notDataActions";

/**
 * Throws for an entry of a custom role that stands for no operation of the list's kind, in the words that clients met: for
 * `blobs/*` among actions and any data action of Microsoft.Authorization in Azure PowerShell's RoleDefinitionTests.ps1, for
 * others in MicrosoftDocs/azure-docs issue 102571. Known here are the data operations of Storage and Key Vault; all else is
 * checked by its form, `Microsoft.Web/sites/read` with `*` anywhere, or `*`.
 */
export function requireOperation(list: OperationList, operation: string): void {
  const isData = list === "dataActions" || list === "notDataActions";
  const code = isData ? "InvalidDataActionOrNotDataAction" : "InvalidActionOrNotAction";
  const refusal = (message: string) => new ManagementError(400, code, message);
  const [provider = ""] = operation.split("/", 1);
  if (isData && /^Microsoft\.Authorization$/i.test(provider))
    throw refusal(
      "The resource provider referenced in the action has not published any data operations.",
    );
  const isKnown = isData ? isDataOperation(provider, operation) : !isOfDataOnly(operation);
  if (form.test(operation) && isKnown) return;
  throw refusal(`'${operation}' does not match any of the actions supported by the providers.`);
}

const form = /^(?:[\w.*-]+\/(?:[^/\s]+\/)*(?:read|write|delete|action|\*)|\*)$/i;

function isDataOperation(provider: string, operation: string): boolean {
  if (!/^Microsoft\.(?:Storage|KeyVault)$/i.test(provider)) return true;
  return dataOperations.some((known) => matchesOperation(operation, known));
}

/** `vaults/keys/read` is an operation of both kinds. */
function isOfDataOnly(operation: string): boolean {
  const wanted = operation.toLowerCase();
  if (wanted === "microsoft.keyvault/vaults/keys/read") return false;
  return (
    dataOperations.some((known) => known.toLowerCase() === wanted) ||
    dataResourceTypes.some((type) => wanted.startsWith(`${type.toLowerCase()}/`))
  );
}
