/**
 * The whole body of a request, undefined when it is longer than `maxBytes`. Reads no more than that, whatever length the
 * request states. (Hono's body limit cannot: it rebuilds the request, and the Node server's requests are not of the
 * class that it needs for that.)
 */
export async function readBody(
  request: Request,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}
