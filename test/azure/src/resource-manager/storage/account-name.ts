import { stringField } from "../../base/json.ts";
import type { State } from "../../world/state.ts";
import { ManagementError } from "../engine/errors.ts";
import type { Operation } from "../engine/operation.ts";

const type = "Microsoft.Storage/storageAccounts";

/** Why a name cannot be given to a new storage account. */
interface NameProblem {
  readonly reason: "AccountNameInvalid" | "AlreadyExists";
  readonly message: string;
}

/** Checks a name beforehand (https://learn.microsoft.com/rest/api/storagerp/storage-accounts/check-name-availability). */
export const checkNameAvailability: Operation = {
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.Storage/checkNameAvailability",
  action: "Microsoft.Storage/checknameavailability/read",
  handle: ({ azure, body }) => {
    const problem = nameProblem(azure.state, stringField(body, "name") ?? "");
    return Response.json({ nameAvailable: problem === undefined, ...problem });
  },
};

/** Throws for a name that breaks the rules or that another account, in whatever tenant, has. */
export function requireFreeAccountName(state: State, name: string, id: string): void {
  if (state.resources.has(id.toLowerCase())) return;
  const problem = nameProblem(state, name);
  if (problem?.reason === "AccountNameInvalid")
    throw new ManagementError(400, "AccountNameInvalid", problem.message);
  if (problem !== undefined)
    throw new ManagementError(409, "StorageAccountAlreadyTaken", problem.message);
}

/** An account's name is part of a host name: 3 to 24 lower-case letters and digits, unique over all tenants. */
function nameProblem(state: State, name: string): NameProblem | undefined {
  if (!/^[a-z0-9]{3,24}$/.test(name))
    return {
      reason: "AccountNameInvalid",
      message: `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
    };
  const taken = [...state.resources.values()].some(
    (resource) => resource.type === type && resource.name === name,
  );
  if (!taken) return undefined;
  return {
    reason: "AlreadyExists",
    message: `The storage account named ${name} is already taken.`,
  };
}
