import { ManagementError } from "./errors.ts";

/** The type of a resource, in its two parts. */
export interface ResourceType {
  /** Microsoft.Web for example. */
  readonly namespace: string;
  /** `sites/config` for example. */
  readonly type: string;
}

/**
 * The type that a path is about, that of the extension resource where one is attached to another; undefined for what
 * Resource Manager answers by itself. The last segment of a POST is an action.
 */
export function resourceTypeOf(method: string, path: string): ResourceType | undefined {
  const segments = path.split("/").slice(1);
  const providers = segments.findLastIndex((segment) => segment.toLowerCase() === "providers");
  const [namespace, ...rest] = segments.slice(providers + 1);
  if (providers === -1 || namespace === undefined) return undefined;
  if (method === "POST" && /^(?:un)?register$/i.test(rest.join("/"))) return undefined;
  const named = method === "POST" && rest.length > 2 ? rest.slice(0, -1) : rest;
  const types = named.filter((_, index) => index % 2 === 0);
  return types.length === 0 ? undefined : { namespace, type: types.join("/") };
}

/** The same where there must be one: `Microsoft.Web/sites`. */
export function fullTypeOf(path: string): string {
  const found = resourceTypeOf("PUT", path);
  if (found !== undefined) return `${found.namespace}/${found.type}`;
  throw new ManagementError(
    400,
    "InvalidResourceType",
    `the path '${path}' names no resource type`,
  );
}
