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

/** Under which a blob is changed (RFC 9110, 13.1): an entity tag or "*" each. */
export interface Conditions {
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
}

/**
 * The blobs of one target. Every method rejects with an AppError, a TokenError or, once `signal`
 * fires, its reason; none knows any other target.
 */
export interface TargetStore {
  list(limit: number, continuation: string | undefined, signal: AbortSignal): Promise<BlobPage>;
  read(name: string, signal: AbortSignal): Promise<BlobContent>;
  /** Creates or replaces the blob once `body` has ended well, and not at all otherwise. */
  write(
    name: string,
    body: Readable,
    contentType: string,
    conditions: Conditions,
    signal: AbortSignal,
  ): Promise<void>;
  remove(name: string, conditions: Conditions, signal: AbortSignal): Promise<void>;
}
