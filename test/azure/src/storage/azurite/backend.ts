import type { StorageSharedKeyCredential } from "@azure/storage-blob";
import type { Azure } from "../../../azure.ts";
import type { Azurite } from "../../../storage/azurite.ts";
import type { BlobRequest } from "../../../storage/blob-request.ts";
import type { ContainerRegistry } from "../../../storage/container-registry.ts";
import type { BlobGrant } from "../../../storage/storage-authorization.ts";

/** What requests are answered with. */
export interface BlobService {
  readonly azure: Azure;
  readonly azurite: Azurite;
  readonly registry: ContainerRegistry;
  /** What user delegation keys are made of. */
  readonly delegationSecret: string;
}

/** A request that may be carried out. */
export interface AdmittedRequest {
  readonly request: BlobRequest;
  readonly grant: BlobGrant;
  /** What Azurite is to copy from. */
  readonly source: CopySource | undefined;
  /** The Azurite account that has the blobs. */
  readonly credential: StorageSharedKeyCredential;
}

/** A blob that may be read, to copy from. */
export interface CopySource {
  readonly request: BlobRequest;
  /** The Azurite account that has it. */
  readonly credential: StorageSharedKeyCredential;
  /** Its address as the client gave it, without a signature. */
  readonly name: string;
}
