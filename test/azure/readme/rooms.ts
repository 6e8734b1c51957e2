import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

const src = join(import.meta.dirname, "../src");

interface Room {
  files: number;
  lines: number;
  readonly importsFrom: Set<string>;
}

/** Every folder of sources as a row: its files, their lines, and the folders from which they import. */
export async function renderRooms(): Promise<string> {
  const rooms = new Map<string, Room>();
  for (const entry of await readdir(src, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
    const folder = nameOf(entry.parentPath);
    const room = rooms.get(folder) ?? { files: 0, lines: 0, importsFrom: new Set() };
    rooms.set(folder, room);
    const text = await readFile(join(entry.parentPath, entry.name), "utf8");
    room.files += 1;
    room.lines += text.split("\n").length - 1;
    for (const [, path = ""] of text.matchAll(/ from "(\.[^"]+)"/g)) {
      const from = nameOf(dirname(join(entry.parentPath, path)));
      if (from !== folder) room.importsFrom.add(from);
    }
  }
  const rows = [...rooms].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(renderRoom);
  return `| folder of \`src\` | files | lines, to the next hundred | imports from |\n|---|---|---|---|\n${rows.join("\n")}`;
}

function nameOf(folder: string): string {
  return relative(src, folder) || ".";
}

function renderRoom([folder, { files, lines, importsFrom }]: [string, Room]): string {
  // Exact numbers would have this file written anew, and merged, with every change of the sources.
  const hundreds = Math.ceil(lines / 100) * 100;
  return `| \`${folder}\` | ${files} | ${hundreds} | ${[...importsFrom].toSorted().join(", ")} |`;
}
