import { link, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { isTaken, listenOnNew } from "../../http/kept-ports.ts";
import { listenOn } from "../../http/listen.ts";

/**
 * Claims a folder for this process until the returned function is called or the process ends, however it ends: the claim
 * is a port, named in the folder, that only one process can listen on. Rejects while another has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const server = createServer((connection) => connection.destroy());
  const file = join(folder, "lock");
  const claimed = await readPort(file);
  const port = claimed ?? (await claim(file));
  await listenOn(server, port).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
    throw new Error(
      `"${folder}" is in use: another local Azure has port ${port}; end it first, or, when it is no local Azure, delete "${file}"`,
      { cause: error },
    );
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** The port that the folder names; undefined when it names none yet. */
async function readPort(file: string): Promise<number | undefined> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`"${file}" names no port: delete it when no local Azure runs with this folder`);
}

/** Writes a port into the folder, or takes the one that another start has written meanwhile. */
async function claim(file: string): Promise<number> {
  const probe = createServer();
  const port = await listenOnNew(probe);
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  const draft = `${file}.${process.pid}.${port}`;
  await writeFile(draft, String(port), { mode: 0o600 });
  // A link is made whole or not at all, and never over another.
  await link(draft, file).catch(() => undefined);
  await rm(draft);
  return (await readPort(file)) ?? port;
}
