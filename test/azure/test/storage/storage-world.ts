import { randomUUID } from "node:crypto";
import type { BlobServiceClient } from "@azure/storage-blob";
import { createStorageFront, type StorageFront } from "../../src/storage/storage.ts";
import type { ServicePrincipal } from "../../src/world/directory-records.ts";
import type { Resource } from "../../src/world/resource-records.ts";
import { type BareTenants, createBareTenants } from "../tenants/bare-tenants.ts";
import { inProcessClient } from "./in-process-client.ts";
import { sharedAzurite } from "./shared-azurite.ts";

interface Options {
  /** Before the path, in place of the account's path-style address. */
  origin?: string;
  account?: string;
  principal?: ServicePrincipal;
  authorization?: string;
  version?: string;
  body?: string | ReadableStream<Uint8Array>;
  headers?: Record<string, string>;
  /** @default true */
  blobType?: boolean;
}

/** A working storage front for tests: an account with the container "invoices", and a principal that may write there. */
export class StorageWorld {
  readonly tenants: BareTenants;
  readonly #front: StorageFront;
  /** How far the service's clock is ahead of the machine's, in milliseconds. */
  readonly clock: { ahead: number };
  account: Resource;
  containerId: string;
  readonly reader: ServicePrincipal;

  private constructor(tenants: BareTenants, front: StorageFront, clock: { ahead: number }) {
    this.tenants = tenants;
    this.clock = clock;
    clock.ahead = 0;
    this.#front = front;
    this.account = this.newAccount();
    this.containerId = this.newContainer(this.account, "invoices");
    this.reader = tenants.principal(tenants.home);
    tenants.grant(this.reader, "Storage Blob Data Contributor", this.containerId);
  }

  static async start(): Promise<StorageWorld> {
    const tenants = await createBareTenants();
    const clock = { ahead: 0 };
    const azure = { ...tenants.azure, clock: { now: () => Date.now() + clock.ahead } };
    return new StorageWorld(tenants, await createStorageFront(azure, await sharedAzurite()), clock);
  }

  /** Leaves the worker's Azurite empty. */
  close(): Promise<void> {
    return this.#front.reset();
  }

  /**
   * The same service with another account, container and principal, so that no test sees what one before it has left.
   * The accounts that were are no more: Azurite has only so many.
   */
  renew(): StorageWorld {
    this.tenants.azure.state.resources.clear();
    return new StorageWorld(this.tenants, this.#front, this.clock);
  }

  /** Sends a request as the principal that may write; an empty `authorization` leaves the header out. */
  async send(method: string, path: string, options: Options = {}): Promise<Response> {
    const authorization =
      options.authorization ??
      (await this.tenants.bearer(options.principal ?? this.reader, "storage"));
    const headers = new Headers({
      "x-ms-version": options.version ?? "2026-10-06",
      ...(options.blobType === false ? {} : { "x-ms-blob-type": "BlockBlob" }),
      ...options.headers,
    });
    if (typeof options.body === "string")
      headers.set("content-length", String(options.body.length));
    if (authorization !== "") headers.set("authorization", authorization);
    const origin =
      options.origin ?? `https://localhost:9004/${options.account ?? this.account.name}`;
    const url = `${origin}${path}`;
    return this.#front.app.request(url, {
      method,
      headers,
      ...(options.body === undefined ? {} : { body: options.body, duplex: "half" }),
    });
  }

  /** For a listener of the test's own. */
  get fetch(): StorageFront["app"]["fetch"] {
    return this.#front.app.fetch;
  }

  /** The official client of an account as a principal, or without one. */
  client(principal?: ServicePrincipal, account = this.account): BlobServiceClient {
    return inProcessClient(
      `https://localhost:9004/${account.name}`,
      (url, init) => this.#front.app.request(url, init),
      principal && (() => this.tenants.bearer(principal, "storage")),
    );
  }

  /** A new principal with a built-in role at the account. */
  principalWith(
    roleName: string,
    scope = this.account.id,
    tenant = this.tenants.home,
  ): ServicePrincipal {
    const principal = this.tenants.principal(tenant);
    this.tenants.grant(principal, roleName, scope);
    return principal;
  }

  /** Writes the blob "a b.txt". */
  put(body: Options["body"] & {}, headers: Record<string, string> = {}): Promise<Response> {
    return this.send("PUT", "/invoices/a%20b.txt", { body, headers });
  }

  newAccount(tenant = this.tenants.home, name = `acct${randomUUID().slice(0, 8)}`): Resource {
    const { tenantId, subscriptionId } = tenant;
    return this.#add({
      id: `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/${name}`,
      name,
      type: "Microsoft.Storage/storageAccounts",
      tenantId,
      subscriptionId,
      properties: { allowSharedKeyAccess: false },
    });
  }

  /** Adds a container and returns its id. */
  newContainer({ id, tenantId, subscriptionId }: Resource, name: string): string {
    return this.#add({
      id: `${id}/blobServices/default/containers/${name}`,
      name,
      type: "Microsoft.Storage/storageAccounts/blobServices/containers",
      tenantId,
      subscriptionId,
      properties: { publicAccess: "None" },
    }).id;
  }

  #add(resource: Resource): Resource {
    this.tenants.azure.state.resources.set(resource.id.toLowerCase(), resource);
    return resource;
  }
}

/** The body of a refusal, which names its code in a header too. */
export async function failure(response: Response): Promise<string> {
  if (response.headers.get("x-ms-error-code") === null)
    throw new Error(`status ${response.status} without x-ms-error-code`);
  return response.text();
}
