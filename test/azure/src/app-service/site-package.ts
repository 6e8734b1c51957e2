import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Unzipped, unzipSync } from "fflate";

/** More than any package here needs, so that an archive cannot fill the machine. Bytes, unpacked. */
const maxUnpackedBytes = 512 * 1024 * 1024;

/**
 * Unpacks a published zip into a new folder below `parent` and returns the folder. Throws for what is not a zip, unpacks
 * to too much, names a file outside of the folder or one that cannot be.
 */
export async function unpackSite(zip: Uint8Array, parent: string): Promise<string> {
  const files = unzip(zip);
  const folder = await mkdtemp(join(parent, "wwwroot-"));
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith("/")) continue;
    await write(join(folder, name), content).catch(async (error: NodeJS.ErrnoException) => {
      await rm(folder, { recursive: true, force: true });
      // The system's own text has the folder's path in it, and deployers read this one.
      throw new Error(`the package's file "${name}" cannot be written: ${error.code}`);
    });
  }
  return folder;
}

async function write(path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

function unzip(zip: Uint8Array): Unzipped {
  let unpackedBytes = 0;
  return unzipSync(zip, {
    filter: ({ name, originalSize }) => {
      requireInside(name);
      unpackedBytes += originalSize;
      if (unpackedBytes > maxUnpackedBytes)
        throw new Error(`the package unpacks to more than ${maxUnpackedBytes} bytes`);
      return true;
    },
  });
}

/** A zip may name any path, `../../etc/passwd` too; only plain relative ones are taken. */
function requireInside(name: string): void {
  const parts = name.split("/");
  if (name.startsWith("/") || /[\\:\0]/.test(name) || parts.includes("..") || parts.includes("."))
    throw new Error(`the package names a file outside of its folder: "${name}"`);
}
