import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { AppError } from "../../app/app-error.ts";
import type { BlobContent, BlobPage, Conditions, TargetStore } from "../../app/target-store.ts";

/** A target's blobs in memory: what the routes' own rules are tested with. */
export class MemoryStore implements TargetStore {
  readonly blobs = new Map<string, { bytes: Buffer; contentType: string }>();
  /** Every call, by method and argument. */
  readonly calls: string[] = [];
  /** Runs before each call, to fail or to hang it. */
  before: (signal: AbortSignal) => Promise<void> = () => Promise.resolve();

  async list(
    limit: number,
    continuation: string | undefined,
    signal: AbortSignal,
  ): Promise<BlobPage> {
    await this.#called(`list ${limit} ${continuation ?? "-"}`, signal);
    const from = Number(continuation ?? 0);
    const names = [...this.blobs.keys()].sort();
    const blobs = names.slice(from, from + limit).map((name) => ({
      name,
      bytes: this.blobs.get(name)?.bytes.length ?? 0,
      lastModified: "2026-01-01T00:00:00.000Z",
    }));
    const next = from + limit;
    return { blobs, ...(next < names.length && { continuation: String(next) }) };
  }

  async read(name: string, signal: AbortSignal): Promise<BlobContent> {
    await this.#called(`read ${name}`, signal);
    const blob = this.#find(name);
    return { body: Readable.from([blob.bytes]), bytes: blob.bytes.length, etag: '"1"' };
  }

  async write(
    name: string,
    body: Readable,
    contentType: string,
    conditions: Conditions,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#called(`write ${name}${told(conditions)}`, signal);
    this.blobs.set(name, { bytes: await buffer(body), contentType });
  }

  async remove(name: string, conditions: Conditions, signal: AbortSignal): Promise<void> {
    await this.#called(`remove ${name}${told(conditions)}`, signal);
    this.#find(name);
    this.blobs.delete(name);
  }

  async #called(call: string, signal: AbortSignal): Promise<void> {
    this.calls.push(call);
    await this.before(signal);
  }

  #find(name: string): { bytes: Buffer; contentType: string } {
    const blob = this.blobs.get(name);
    if (blob === undefined) throw new AppError(404, "ERR_UNKNOWN_BLOB", "no such blob");
    return blob;
  }
}

function told(conditions: Conditions): string {
  return Object.entries(conditions)
    .map(([name, tag]) => ` ${name} ${String(tag)}`)
    .join("");
}
