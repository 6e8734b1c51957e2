import type { Readable } from "node:stream";

export interface BlobSummary {
  readonly name: string;
  readonly bytes: number;
  readonly lastModified: string;
}

export interface BlobPage {
  readonly blobs: readonly BlobSummary[];
  /** Opaque; present when there is more. */
  readonly continuation?: string;
}

export interface BlobContent {
  readonly body: Readable;
  readonly bytes: number;
  readonly etag?: string;
}

/**
 * The blobs of one target. Every method rejects with an AppError, a TokenError or, once `signal`
 * fires, its reason; none knows any other target.
 */
export interface TargetStore {
  list(limit: number, continuation: string | undefined, signal: AbortSignal): Promise<BlobPage>;
  read(name: string, signal: AbortSignal): Promise<BlobContent>;
  /** Creates or replaces the blob once `body` has ended well, and not at all otherwise. */
  write(name: string, body: Readable, contentType: string, signal: AbortSignal): Promise<void>;
  remove(name: string, signal: AbortSignal): Promise<void>;
}
