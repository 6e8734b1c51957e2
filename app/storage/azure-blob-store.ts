import { Readable } from "node:stream";
import type {
  BlobDownloadResponseParsed,
  BlockBlobClient,
  ContainerClient,
} from "@azure/storage-blob";
import { abortReason, untilAborted, type Clock } from "cross-tenant-tokens/time";
import type { BlobContent, BlobPage, Conditions, TargetStore } from "../target-store.ts";
import type { Target } from "../target.ts";
import { RolePropagation } from "./role-propagation.ts";
import { fromReadError, fromStorageError } from "./storage-error.ts";

/** One upload holds at most two blocks of this size, whatever the size of the blob. */
const blockBytes = 4 * 2 ** 20;
const uploadConcurrency = 2;

/**
 * The blobs of `target`, whose `container` is. Its methods reject with an AppError, a TokenError, or
 * the reason of their signal once that fires.
 */
export function azureBlobStore(
  target: Target,
  container: ContainerClient,
  clock: Clock,
): TargetStore {
  const role = new RolePropagation(clock);
  const translated = async <T>(
    signal: AbortSignal,
    work: Promise<T>,
    translate = fromStorageError,
  ): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw signal.aborted ? abortReason(signal) : translate(target, error);
    }
  };
  return {
    list: (limit, continuation, signal) =>
      role.repeat(
        () => translated(signal, listPage(container, limit, continuation, signal), fromReadError),
        signal,
      ),
    read: (name, signal) =>
      role.repeat(
        () => translated(signal, readBlob(container, name, signal), fromReadError),
        signal,
      ),
    write: (name, body, contentType, conditions, signal) =>
      role.once(() =>
        translated(signal, upload(container, name, body, contentType, conditions, signal)),
      ),
    remove: (name, conditions, abortSignal) =>
      role.once(async () => {
        const options = { abortSignal, conditions };
        await translated(abortSignal, container.getBlobClient(name).delete(options));
      }),
  };
}

async function listPage(
  container: ContainerClient,
  limit: number,
  continuation: string | undefined,
  abortSignal: AbortSignal,
): Promise<BlobPage> {
  const pages = container.listBlobsFlat({ abortSignal }).byPage({
    maxPageSize: limit,
    ...(continuation !== undefined && { continuationToken: continuation }),
  });
  for await (const page of pages) {
    const blobs = page.segment.blobItems.map(({ name, properties }) => ({
      name,
      bytes: properties.contentLength ?? 0,
      lastModified: properties.lastModified.toISOString(),
    }));
    return { blobs, ...(page.continuationToken && { continuation: page.continuationToken }) };
  }
  return { blobs: [] };
}

async function readBlob(
  container: ContainerClient,
  name: string,
  abortSignal: AbortSignal,
): Promise<BlobContent> {
  const content = contentOf(
    await container.getBlobClient(name).download(0, undefined, { abortSignal }),
  );
  // Whoever asked has left and will not read it: its connection would stay open.
  if (abortSignal.aborted) content.body.destroy();
  abortSignal.throwIfAborted();
  return content;
}

function contentOf(response: BlobDownloadResponseParsed): BlobContent {
  const body = response.readableStreamBody;
  if (!(body instanceof Readable) || response.contentLength === undefined) {
    throw new Error("the storage client answered a download without a body or its length");
  }
  return {
    body,
    bytes: response.contentLength,
    ...(response.etag !== undefined && { etag: response.etag }),
  };
}

async function upload(
  container: ContainerClient,
  name: string,
  body: Readable,
  blobContentType: string,
  conditions: Conditions,
  abortSignal: AbortSignal,
): Promise<void> {
  const client = stagingUntil(abortSignal, container.getBlockBlobClient(name));
  const options = { abortSignal, conditions, blobHTTPHeaders: { blobContentType } };
  const uploaded = client.uploadStream(body, blockBytes, uploadConcurrency, options);
  // While it waits for the body's next bytes the SDK takes no notice of the signal.
  await untilAborted(uploaded, abortSignal);
}

// uploadStream gives its signal to the last request alone; a block that hangs would hang for ever.
function stagingUntil(abortSignal: AbortSignal, client: BlockBlobClient): BlockBlobClient {
  const stageBlock = client.stageBlock.bind(client);
  client.stageBlock = (id, body, length, options) =>
    stageBlock(id, body, length, { ...options, abortSignal });
  return client;
}
