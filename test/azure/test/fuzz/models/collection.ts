import * as fc from "fast-check";
import { expect } from "vitest";

/** Things with names that a service keeps. */
export interface Collection {
  readonly names: readonly string[];
  /** Creates or replaces. */
  put(name: string, value: string): Promise<void>;
  /** What was put, undefined for 404. Throws for any other answer. */
  read(name: string): Promise<string | undefined>;
  /** Of what there is. */
  remove(name: string): Promise<void>;
  /** The names of all there are. */
  list(): Promise<readonly string[]>;
  /** The entity tag or version of what there is, where the service has one. */
  etag?(name: string): Promise<string>;
}

interface Step {
  readonly kind: "put" | "remove" | "read";
  readonly name: string;
  readonly value: string;
}

/** Sequences of valid requests. */
export function steps({ names }: Pick<Collection, "names">): fc.Arbitrary<Step[]> {
  const step = fc.record<Step>({
    kind: fc.constantFrom("put", "put", "remove", "read"),
    name: fc.constantFrom(...names),
    value: fc.stringMatching(/^[a-z0-9]{1,12}$/),
  });
  return fc.array(step, { minLength: 3, maxLength: 8 });
}

/**
 * Takes the steps and holds the collection against a map after each: what was put can be read, what was removed cannot, the
 * list is what there is, and each write has another entity tag. Leaves nothing behind.
 */
export async function follow(collection: Collection, taken: readonly Step[]): Promise<void> {
  const held = new Map<string, string>();
  const tags: string[] = [];
  for (const { kind, name, value } of taken) {
    if (kind === "put") {
      await collection.put(name, value);
      held.set(name, value);
      const tag = await collection.etag?.(name);
      if (tag !== undefined) tags.push(tag);
    }
    if (kind === "remove" && held.delete(name)) await collection.remove(name);
    expect([name, await collection.read(name)]).toEqual([name, held.get(name)]);
    expect([...(await collection.list())].sort()).toEqual([...held.keys()].sort());
    expect(tags).toEqual([...new Set(tags)]);
  }
  for (const name of held.keys()) await collection.remove(name);
}
