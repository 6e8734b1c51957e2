import type { JsonObject } from "../../../src/base/json.ts";

/** XML as an object of its elements and attributes: text where there are neither, a list of those that stand there twice. */
export function xmlTree(xml: string): JsonObject {
  const root: JsonObject = {};
  const open: Element[] = [{ name: "", fields: root, text: "" }];
  const tags = /<(?<close>\/)?(?<name>[\w:.-]+)(?<attributes>[^<>]*?)(?<empty>\/)?>(?<text>[^<]*)/g;
  for (const { groups = {} } of xml.replaceAll(/<[?!][^>]*>/g, "").matchAll(tags)) {
    const { name = "", attributes = "", text = "" } = groups;
    const opened: Element = { name, fields: attributesOf(attributes), text };
    if (groups["close"] === undefined) open.push(opened);
    if (groups["close"] === undefined && groups["empty"] === undefined) continue;
    const closed = open.pop();
    if (closed !== undefined) add(open.at(-1)?.fields ?? root, closed);
  }
  return root;
}

interface Element {
  readonly name: string;
  readonly fields: JsonObject;
  readonly text: string;
}

function attributesOf(text: string): JsonObject {
  const found = [...text.matchAll(/([\w:.-]+)="([^"]*)"/g)];
  return Object.fromEntries(found.map(([, name = "", value = ""]) => [name, value]));
}

function add(parent: JsonObject, { name, fields, text }: Element): void {
  const value = Object.keys(fields).length === 0 ? text : fields;
  const before = parent[name];
  if (before === undefined) parent[name] = value;
  else parent[name] = Array.isArray(before) ? [...(before as unknown[]), value] : [before, value];
}
