import { Readable } from "node:stream";
import {
  AnonymousCredential,
  ContainerClient,
  newPipeline,
  type BlobDownloadResponseParsed,
  type RequestPolicyFactory,
} from "@azure/storage-blob";
import { fromStorageError } from "./storage-error.ts";
import type { Target } from "./target.ts";
import type { BlobContent, BlobPage, TargetStore } from "./target-store.ts";

/** One upload holds at most two blocks of this size, whatever the size of the blob. */
const blockBytes = 4 * 2 ** 20;
const uploadConcurrency = 2;

// Few and short: the request that waits has a deadline.
const retryOptions = { maxTries: 3, retryDelayInMs: 500, maxRetryDelayInMs: 2_000 };

/** The blobs of `target` in Azure Storage, through one client; `getToken` gives its tenant's token. */
export function azureBlobStore(target: Target, getToken: () => Promise<string>): TargetStore {
  const pipeline = newPipeline(new AnonymousCredential(), { retryOptions });
  pipeline.factories.push(bearerToken(getToken));
  const container = new ContainerClient(`${target.blobEndpoint}/${target.container}`, pipeline);
  const translated = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw fromStorageError(target, error);
    }
  };
  return {
    list: (limit, continuation, abortSignal) =>
      translated(listPage(container, limit, continuation, abortSignal)),
    read: async (name, abortSignal) =>
      contentOf(
        await translated(container.getBlobClient(name).download(0, undefined, { abortSignal })),
      ),
    write: async (name, body, blobContentType, abortSignal) => {
      await translated(
        container.getBlockBlobClient(name).uploadStream(body, blockBytes, uploadConcurrency, {
          abortSignal,
          blobHTTPHeaders: { blobContentType },
        }),
      );
    },
    remove: async (name, abortSignal) => {
      await translated(container.getBlobClient(name).delete({ abortSignal }));
    },
  };
}

/**
 * Sets the authorization header itself instead of handing the SDK a TokenCredential: the SDK's own
 * token handling retries a failing credential every 3 seconds until the old token expires, ends the
 * process with an unhandled rejection, and lets a storage account name the tenant to ask.
 */
function bearerToken(getToken: () => Promise<string>): RequestPolicyFactory {
  return {
    create: (next) => ({
      async sendRequest(request) {
        request.headers.set("authorization", `Bearer ${await getToken()}`);
        return next.sendRequest(request);
      },
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
