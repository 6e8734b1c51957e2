import { randomBytes } from "node:crypto";
import { atOnce } from "./at-once.ts";
import type { Send } from "./load-client.ts";
import { printFigures } from "./print-figures.ts";

const BLOBS = 200;
const BYTES = 1024 * 1024;

/** Writes blobs all at once, and then reads them all at once. */
export async function loadBlobs(
  send: Send,
  container: string,
  authorized: Record<string, string>,
): Promise<void> {
  const content = randomBytes(BYTES);
  const headers = { ...authorized, "x-ms-blob-type": "BlockBlob" };
  const written = await atOnce(BLOBS, BLOBS, (index) =>
    send(`${container}/${index}`, { method: "PUT", headers, body: content }),
  );
  printFigures({ blobs: BLOBS, bytes: BYTES, method: "PUT", ...written });
  const read = await atOnce(BLOBS, BLOBS, async (index) => {
    const answer = await send(`${container}/${index}`, { headers: authorized });
    if (answer.status === 200 && !answer.body.equals(content)) throw new Error("other content");
    return answer;
  });
  printFigures({ blobs: BLOBS, bytes: BYTES, method: "GET", ...read });
}
