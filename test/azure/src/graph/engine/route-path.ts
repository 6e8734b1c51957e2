/** How a path names one entity of a collection: by `id`, or by an alternate key such as appId. */
export interface EntityKey {
  readonly name: string;
  readonly value: string;
}

/** Finds the keys in a decoded path, by collection; undefined when the path is another route's. */
export type RoutePath = (path: string) => ReadonlyMap<string, EntityKey> | undefined;

/**
 * Compiles a template such as `/applications/{id|appId}/owners`. A parameter lists the names of the keys; the first may
 * stand behind a slash or as `('value')`, every one as `(name='value')`. Letter case means nothing outside of values
 * (OData 4.01 URL conventions 4.3.1, 4.3.2 and 4.3.6; graph/query-parameters). The namespace of a type may be named by its
 * alias, `graph`, which Graph's metadata declares and every generated client writes (msgraph-sdk: `graph.application`).
 */
export function routePath(template: string): RoutePath {
  const segments = template.split("/").slice(1);
  const keyed = segments.flatMap((segment, index) =>
    segment.startsWith("{")
      ? [{ collection: segments[index - 1] ?? "", names: segment.slice(1, -1).split("|") }]
      : [],
  );
  let parameter = 0;
  const source = segments.map((segment) => {
    if (!segment.startsWith("{")) {
      const literal = segment.replaceAll(/[$.()]/g, String.raw`\$&`);
      return `/${literal.replace(/^microsoft\\\.(?=graph\\\.)/, "(?:$&)?")}`;
    }
    const names = segment.slice(1, -1);
    const index = parameter++;
    return (
      String.raw`(?:/(?<plain${index}>(?!\$)[^/()']+)|\('(?<quoted${index}>(?:[^']|'')*)'\)` +
      String.raw`|\((?<name${index}>${names})='(?<value${index}>(?:[^']|'')*)'\))`
    );
  });
  const pattern = new RegExp(`^${source.join("")}$`, "i");
  return (path) => {
    const found = pattern.exec(path);
    if (found === null) return undefined;
    const groups = found.groups ?? {};
    return new Map(
      keyed.map(({ collection, names }, index) => [collection, entityKey(names, index, groups)]),
    );
  };
}

function entityKey(
  names: readonly string[],
  index: number,
  groups: Record<string, string | undefined>,
): EntityKey {
  const given = groups[`name${index}`]?.toLowerCase();
  const name = names.find((each) => each.toLowerCase() === given) ?? names[0] ?? "id";
  const quoted = groups[`value${index}`] ?? groups[`quoted${index}`];
  return { name, value: quoted?.replaceAll("''", "'") ?? groups[`plain${index}`] ?? "" };
}
