import type { State } from "../../world/state.ts";
import { ManagementError } from "./errors.ts";
import { isAtOrBelow } from "./scope.ts";

const provider = "/providers/Microsoft.Authorization/locks/";

/**
 * Throws ScopeLocked for a request that a lock at, above or, for a DELETE, below its scope forbids: CanNotDelete forbids
 * DELETE, ReadOnly every request but reads. Locks hold everybody, whatever their role, but not the locks themselves
 * (learn.microsoft.com/azure/azure-resource-manager/management/lock-resources).
 */
export function requireUnlocked(state: State, method: string, id: string): void {
  const scopes = lockedScopes(state, method, id);
  if (scopes.length === 0) return;
  const locked = scopes.map((scope) => `'${scope}'`).join(",");
  const operation = method === "DELETE" ? "delete" : "write";
  throw new ManagementError(
    409,
    "ScopeLocked",
    `The scope '${id}' cannot perform ${operation} operation because following scope(s) are locked: ${locked}. Please remove the lock and try again.`,
  );
}

/** The scopes of the locks that forbid a request, none for one that may be carried out. */
export function lockedScopes({ resources }: State, method: string, id: string): string[] {
  if (method === "GET" || method === "HEAD") return [];
  if (id.toLowerCase().includes(provider.toLowerCase())) return [];
  const deletes = method === "DELETE";
  const scopes = [...resources.values()].flatMap(({ id: lockId, type, properties }) => {
    if (type !== "Microsoft.Authorization/locks") return [];
    const scope = lockId.slice(0, lockId.indexOf(provider));
    if (!deletes && properties["level"] !== "ReadOnly") return [];
    return isAtOrBelow(id, scope) || (deletes && isAtOrBelow(scope, id)) ? [scope] : [];
  });
  return [...new Set(scopes)];
}
