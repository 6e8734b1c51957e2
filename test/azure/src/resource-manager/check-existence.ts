import type { Operation } from "./engine/operation.ts";

/** A resource by its name, whatever its type and whatever it is nested in. */
const resource = /\/resourceGroups\/\{\w+\}\/providers\/.+\/\{\w+\}$/;

/**
 * A HEAD for each GET of a resource by its id: 204 when it exists, 404 when not, to whoever may read it
 * (https://learn.microsoft.com/rest/api/resources/resources/check-existence-by-id). Azure answers 405 for types that do not
 * have it; that those here have is unverified.
 */
export function checkExistenceOperations(operations: readonly Operation[]): Operation[] {
  return operations
    .filter(({ method, path }) => method === "GET" && resource.test(path))
    .map(({ path, action, handle }) => ({
      method: "HEAD",
      path,
      action,
      handle: async (request) => {
        const { ok, status } = await handle(request);
        return new Response(null, { status: ok ? 204 : status });
      },
    }));
}
