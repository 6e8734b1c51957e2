import { randomBytes } from "node:crypto";
import { atOnce } from "./at-once.ts";
import type { Send } from "./load-client.ts";
import { printFigures } from "./print-figures.ts";

const BLOCKS = 4;
const BYTES = 100 * 1024 * 1024;

/** Writes the large blocks of one blob all at once, commits them, and reads the blob in as many ranges at once. */
export async function loadBlocks(
  send: Send,
  container: string,
  headers: Record<string, string>,
): Promise<void> {
  const blob = `${container}/large`;
  const content = randomBytes(BYTES);
  const ids = Array.from({ length: BLOCKS }, (_, index) => Buffer.from([index]).toString("base64"));
  const written = await atOnce(BLOCKS, BLOCKS, (index) => {
    const url = `${blob}?comp=block&blockid=${encodeURIComponent(ids[index] ?? "")}`;
    return send(url, { method: "PUT", headers, body: content });
  });
  printFigures({ blocks: BLOCKS, bytes: BYTES, method: "PUT", ...written });
  const list = `<BlockList>${ids.map((id) => `<Latest>${id}</Latest>`).join("")}</BlockList>`;
  const commit = () => send(`${blob}?comp=blocklist`, { method: "PUT", headers, body: list });
  printFigures({ blockLists: 1, method: "PUT", ...(await atOnce(1, 1, commit)) });
  const read = await atOnce(BLOCKS, BLOCKS, async (index) => {
    const range = `bytes=${index * BYTES}-${(index + 1) * BYTES - 1}`;
    const answer = await send(blob, { headers: { ...headers, range } });
    if (answer.status === 206 && !answer.body.equals(content)) throw new Error("other content");
    return answer;
  });
  printFigures({ ranges: BLOCKS, bytes: BYTES, method: "GET", ...read });
}
