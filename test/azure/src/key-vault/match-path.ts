/**
 * The parameters of a path under a template such as `/secrets/{name}`, undefined when the path is another one's. A parameter
 * is one segment that is not empty; case says nothing in the others.
 */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split("/"), path.split("/")];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of given.entries()) {
    const fixed = wanted[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(fixed)?.[1];
    if (name !== undefined && segment !== "") params[name] = segment;
    else if (fixed !== segment.toLowerCase()) return undefined;
  }
  return params;
}
