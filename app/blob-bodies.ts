import { createHash } from "node:crypto";
import { addAbortSignal, finished, Readable } from "node:stream";
import { AppError } from "./app-error.ts";
import type { Slot } from "./target-slots.ts";

/**
 * The caller's request body as a stream that fails with AppError 413 beyond `maxBytes`, whether or
 * not the length was announced, and with AppError 400 when the caller leaves in the middle or the body is not as `md5` says.
 */
export function uploadBody(
  body: AsyncIterable<Uint8Array> | null,
  maxBytes: number,
  slot: Slot,
  md5?: string,
): Readable {
  return Readable.from(limited(body ?? [], maxBytes, slot, md5), { objectMode: false });
}

async function* limited(
  body: AsyncIterable<Uint8Array> | [],
  maxBytes: number,
  slot: Slot,
  md5: string | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const hash = md5 === undefined ? undefined : createHash("md5");
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      slot.progress();
      hash?.update(chunk);
      yield chunk;
    }
    if (hash !== undefined && hash.digest("base64") !== md5) throw damaged();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const message = "the request's body ended before it was complete";
    throw new AppError(400, "ERR_BODY_INCOMPLETE", message, {}, { cause: error });
  }
}

function damaged(): AppError {
  const message = "the request's body is not what its content-md5 says; nothing was written";
  return new AppError(400, "ERR_BAD_HEADER", message);
}

/** The refusal of a blob beyond the size limit. */
export function tooLarge(maxBytes: number): AppError {
  const message = `the blob is larger than ${maxBytes} bytes, which is this site's limit`;
  return new AppError(413, "ERR_BLOB_TOO_LARGE", message);
}

/**
 * What storage sends as a response body. It is read no faster than the caller takes it; `slot` is
 * closed at the end, however that comes, and a broken download breaks the connection.
 */
export function downloadBody(source: Readable, slot: Slot, broken: () => void): ReadableStream {
  addAbortSignal(slot.signal, source);
  finished(source, (error) => {
    slot.close();
    if (error) broken();
  });
  const chunks = source.iterator();
  return new ReadableStream(
    {
      // Unlike Readable.toWeb this copies no chunk: the garbage of copies is most of the peak memory.
      async pull(controller) {
        const { done, value } = await chunks.next().catch(brokenOff);
        slot.progress();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => void source.destroy(),
    },
    { highWaterMark: 0 },
  );
}

// The storage client's error holds its request; nothing of it may reach the server's own log.
function brokenOff(): never {
  throw new AppError(502, "ERR_STORAGE_UNREACHABLE", "storage: the download broke off");
}
