/** A path template compiled for matching: case-insensitive, as resource ids are. */
export interface OperationPath {
  /** The values of the template's parameters, or undefined when the path is another one's. */
  match(path: string): Record<string, string> | undefined;
  /** The template with its parameters filled in: the path in the reference's own spelling. */
  fill(params: Record<string, string>): string;
}

/**
 * Compiles a template such as `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`. `{scope}` matches a
 * subscription and anything below it; every other parameter is one segment.
 */
export function operationPath(template: string): OperationPath {
  const source = template
    .replaceAll(".", String.raw`\.`)
    .replace("{scope}", "(?<scope>/subscriptions/[^/]+(?:/.+?)?)")
    .replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const pattern = new RegExp(`^${source}$`, "i");
  return {
    match: (path) => {
      const found = pattern.exec(path);
      return found === null ? undefined : { ...found.groups };
    },
    fill: (params) => template.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? ""),
  };
}

/**
 * The scope at which a path is authorized: the resource itself, or for a collection or an action of a resource that
 * has no name of its own, what holds it.
 */
export function authorizationScope(path: string): string {
  const segments = path.split("/").slice(1);
  const providers = segments.findLastIndex((segment) => segment.toLowerCase() === "providers");
  if (providers === -1) return join(segments.length % 2 === 0 ? segments : segments.slice(0, -1));
  const typesAndNames = segments.length - providers - 2;
  if (typesAndNames % 2 === 0) return join(segments);
  return join(typesAndNames === 1 ? segments.slice(0, providers) : segments.slice(0, -1));
}

function join(segments: readonly string[]): string {
  return `/${segments.join("/")}`;
}
