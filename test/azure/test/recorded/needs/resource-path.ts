/** The resources that a path of Resource Manager leads through. */
export interface ResourcePath {
  /** Id of the group, undefined at a subscription. */
  readonly group?: string;
  /** Ids of the resources in it, outermost first; the last is the path itself when it names a resource. */
  readonly resources: readonly string[];
}

/** Takes a path apart. A list or an action at its end names no resource. */
export function resourcePath(path: string): ResourcePath {
  const [group] = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(path) ?? [];
  const [scope] = /^\/subscriptions\/[^/]+/i.exec(path) ?? [];
  if (scope === undefined) return { resources: [] };
  const resources: string[] = [];
  let reached = group ?? scope;
  const rest = path.slice(reached.length);
  for (const provided of rest.split(/\/providers\//i).slice(1)) {
    const [namespace = "", ...segments] = provided.split("/");
    reached = `${reached}/providers/${namespace}`;
    for (let index = 0; index + 1 < segments.length; index += 2) {
      reached = `${reached}/${segments[index]}/${segments[index + 1]}`;
      resources.push(reached);
    }
  }
  return { ...(group === undefined ? {} : { group }), resources };
}

/** `microsoft.web/sites/config` of an id, of what is attached to another resource where something is. */
export function typeOf(id: string): string {
  const provided = id.split(/\/providers\//i).at(-1) ?? "";
  const [namespace, ...segments] = provided.split("/");
  return [namespace, ...segments.filter((_, index) => index % 2 === 0)].join("/").toLowerCase();
}
