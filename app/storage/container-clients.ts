import {
  AnonymousCredential,
  BlobServiceClient,
  newPipeline,
  type ContainerClient,
  type StoragePipelineOptions,
} from "@azure/storage-blob";
import type { Target } from "../target.ts";
import { bearerToken, type StorageTokens } from "./bearer-token.ts";

// Few and short: the request that waits has a deadline.
const retryOptions = { maxTries: 3, retryDelayInMs: 500, maxRetryDelayInMs: 2_000 };

/** Keeps one storage client per tenant and account: the targets in one account share it. */
export class ContainerClients {
  readonly #tokensOf: (tenantId: string) => StorageTokens;
  readonly #transport: Pick<StoragePipelineOptions, "httpClient">;
  readonly #services = new Map<string, BlobServiceClient>();

  /** `tokensOf` gives a tenant's tokens; `transport` replaces the SDK's HTTP client. */
  constructor(
    tokensOf: (tenantId: string) => StorageTokens,
    transport: Pick<StoragePipelineOptions, "httpClient"> = {},
  ) {
    this.#tokensOf = tokensOf;
    this.#transport = transport;
  }

  /** The client of `target`'s container. */
  open({ tenantId, blobEndpoint, container }: Target): ContainerClient {
    // The tenant is part of the key: an account that two tenants claim gets no tenant's token by accident.
    const key = `${tenantId} ${blobEndpoint}`;
    const service = this.#services.get(key) ?? this.#connect(tenantId, blobEndpoint);
    this.#services.set(key, service);
    return service.getContainerClient(container);
  }

  #connect(tenantId: string, blobEndpoint: string): BlobServiceClient {
    const pipeline = newPipeline(new AnonymousCredential(), { retryOptions, ...this.#transport });
    pipeline.factories.push(bearerToken(tenantId, this.#tokensOf(tenantId)));
    return new BlobServiceClient(blobEndpoint, pipeline);
  }
}
