import { onTestFinished } from "vitest";

/** Changes one thing in the local Azure's stores until the test ends. */
export function alter<T extends object>(thing: T, change: NoInfer<Partial<T>>): void {
  const before = { ...thing };
  Object.assign(thing, change);
  onTestFinished(() => void Object.assign(thing, before));
}

/** Puts another value for a key of one of the local Azure's stores, or none, until the test ends. */
export function replace<V>(store: Map<string, V>, key: string, value?: V): void {
  const before = store.get(key);
  if (before === undefined) throw new Error(`nothing to replace at "${key}"`);
  if (value === undefined) store.delete(key);
  else store.set(key, value);
  onTestFinished(() => void store.set(key, before));
}
