import { createHash } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { deserialize, serialize } from "node:v8";
import { emptyState } from "../../world/state.ts";
import type { Saved } from "./saved.ts";

/** Of what stands in the file. Counts up when that changes; that a store was added to the state tells by itself. */
const LAYOUT = { version: 2, stores: Object.keys(emptyState()) };

/** The file's first line, JSON; what was saved follows in V8's serialization format, which has maps. */
interface Header {
  readonly format: "local-azure-state";
  readonly layout: typeof LAYOUT;
  /** Of everything behind the first line, hexadecimal. */
  readonly sha256: string;
}

/** The bytes to write for what is to be saved. The same for the same. */
export function encodeSaved(saved: Saved): Buffer {
  return serialize(saved);
}

/** Writes the file anew, whole or not at all: a process killed meanwhile leaves the file before. */
export async function writeStateFile(path: string, encoded: Buffer): Promise<void> {
  const header: Header = { format: "local-azure-state", layout: LAYOUT, sha256: sha256(encoded) };
  const draft = `${path}.draft`;
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), encoded]));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

/** What the file has, undefined when there is none. Throws for one that is damaged, foreign or of another version. */
export async function readStateFile(path: string): Promise<Saved | undefined> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf("\n");
  const header = readHeader(bytes.subarray(0, Math.max(end, 0)).toString());
  if (header === undefined)
    throw new Error(`"${path}" is not the state of a local Azure; ${OTHERWISE}`);
  if (!isDeepStrictEqual(header.layout, LAYOUT))
    throw new Error(
      `"${path}" was written by another version of the local Azure; start that version, or ${OTHERWISE}`,
    );
  const encoded = bytes.subarray(end + 1);
  if (sha256(encoded) !== header.sha256)
    throw new Error(`"${path}" is damaged, its checksum differs; put a copy back, or ${OTHERWISE}`);
  // Only this module writes files with that header, layout and checksum.
  return deserialize(encoded) as Saved;
}

const OTHERWISE = "name another folder. Nothing was changed";

function readHeader(line: string): Partial<Header> | undefined {
  try {
    // Every field is compared before it is relied on.
    const header = JSON.parse(line) as Partial<Header> | null;
    return header?.format === "local-azure-state" ? header : undefined;
  } catch {
    return undefined;
  }
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
