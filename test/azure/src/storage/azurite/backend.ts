import type { StorageSharedKeyCredential } from "@azure/storage-blob";
import type { Azure } from "../../service/azure.ts";
import type { BlobGrant } from "../access/storage-authorization.ts";
import type { BlobRequest } from "../engine/blob-request.ts";
import type { Azurite } from "./azurite.ts";
import type { ContainerRegistry } from "./container-registry.ts";

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
