import { mkdir, readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { KeptSeed } from "../seed/seed.ts";
import { lockFolder } from "./lock-folder.ts";
import type { Saved } from "./saved.ts";
import { encodeSaved, readStateFile, writeStateFile } from "./state-file.ts";

/** A folder that keeps a local Azure, this process's alone until it is closed. */
export class StateFolder {
  /** What an earlier process has saved. */
  readonly saved: Saved | undefined;
  readonly #path: string;
  readonly #unlock: () => Promise<void>;
  #written: Buffer | undefined;
  #lastSave: Promise<void> = Promise.resolve();

  private constructor(path: string, saved: Saved | undefined, unlock: () => Promise<void>) {
    this.#path = path;
    this.saved = saved;
    this.#unlock = unlock;
  }

  /**
   * Opens a folder, making it when it is not there. Throws when another process has it, when it holds something else, or
   * the state of another version or seed; then it is left as it was.
   */
  static async open(directory: string, seed: KeptSeed): Promise<StateFolder> {
    const path = resolve(directory);
    await mkdir(path, { recursive: true, mode: 0o700 });
    await requireOurs(path);
    const unlock = await lockFolder(path);
    try {
      const saved = await readStateFile(join(path, "state"));
      if (saved !== undefined) requireSeed(path, saved.seed, seed);
      const blobs = join(path, "blobs");
      // A process that was killed before it saved anything may have left some.
      if (saved === undefined) await rm(blobs, { recursive: true, force: true });
      await mkdir(blobs, { recursive: true, mode: 0o700 });
      return new StateFolder(path, saved, unlock);
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  /** Where the certificate authority's file belongs, for clients to name. */
  get path(): string {
    return this.#path;
  }

  get blobs(): string {
    return join(this.#path, "blobs");
  }

  /** Writes what is to be kept unless it is what was written last. One write at a time, in order. */
  save(current: () => Promise<Saved>): Promise<void> {
    const save = this.#lastSave.then(async () => {
      const encoded = encodeSaved(await current());
      if (this.#written?.equals(encoded)) return;
      await writeStateFile(join(this.#path, "state"), encoded);
      this.#written = encoded;
    });
    this.#lastSave = save.catch(() => undefined);
    return save;
  }

  /** Lets another process have the folder. */
  async close(): Promise<void> {
    await this.#lastSave;
    await this.#unlock();
  }
}

/** A folder that somebody keeps other things in is not written to. */
async function requireOurs(path: string): Promise<void> {
  const names = await readdir(path);
  if (names.length === 0 || names.includes("lock")) return;
  throw new Error(
    `"${path}" holds other things, such as "${names[0]}"; name a new folder, an empty one, or one made by --state`,
  );
}

function requireSeed(path: string, kept: KeptSeed, given: KeptSeed): void {
  const difference = firstDifference("", kept, given);
  if (difference === undefined) return;
  throw new Error(
    `"${path}" was made from another seed; start it with that one, or name another folder. ${difference}`,
  );
}

/** Such as `tenants[0].location is kept as "westeurope", and given as "northeurope"`. */
function firstDifference(path: string, kept: unknown, given: unknown): string | undefined {
  if (isDeepStrictEqual(kept, given)) return undefined;
  if (!isObject(kept) || !isObject(given))
    return `${path} is ${told("kept", kept)}, and ${told("given", given)}`;
  const keys = [...new Set([...Object.keys(kept), ...Object.keys(given)])];
  const inside = (key: string) => (Array.isArray(kept) ? `${path}[${key}]` : `${path}.${key}`);
  return keys
    .map((key) => firstDifference(inside(key).replace(/^\./, ""), kept[key], given[key]))
    .find((difference) => difference !== undefined);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function told(how: string, value: unknown): string {
  return value === undefined ? `not ${how}` : `${how} as ${JSON.stringify(value)}`;
}
