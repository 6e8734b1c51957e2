import { randomUUID } from "node:crypto";
import { createBareTenants, type BareTenants } from "../resource-manager/bare-tenants.ts";
import type { Resource, ServicePrincipal } from "../state.ts";
import { startStorageFront, type StorageFront } from "./storage-front.ts";

interface Options {
  account?: string;
  principal?: ServicePrincipal;
  authorization?: string;
  version?: string;
  body?: string | ReadableStream<Uint8Array>;
  headers?: Record<string, string>;
}

/** A working storage front for tests: an account with the container "invoices", and a principal that may write there. */
export class StorageWorld {
  readonly tenants: BareTenants;
  readonly #front: StorageFront;
  account: Resource;
  containerId: string;
  readonly reader: ServicePrincipal;

  private constructor(tenants: BareTenants, front: StorageFront) {
    this.tenants = tenants;
    this.#front = front;
    this.account = this.newAccount();
    this.containerId = this.newContainer(this.account, "invoices");
    this.reader = tenants.principal(tenants.home);
    tenants.grant(this.reader, "Storage Blob Data Contributor", this.containerId);
  }

  static async start(): Promise<StorageWorld> {
    const tenants = await createBareTenants();
    return new StorageWorld(tenants, await startStorageFront(tenants.azure));
  }

  close(): Promise<void> {
    return this.#front.close();
  }

  /** The same service with another account, container and principal, so that no test sees what one before it has left. */
  renew(): StorageWorld {
    return new StorageWorld(this.tenants, this.#front);
  }

  /** Sends a request as the principal that may write; an empty `authorization` leaves the header out. */
  async send(method: string, path: string, options: Options = {}): Promise<Response> {
    const authorization =
      options.authorization ??
      (await this.tenants.bearer(options.principal ?? this.reader, "storage"));
    const headers = new Headers({
      "x-ms-version": options.version ?? "2026-10-06",
      "x-ms-blob-type": "BlockBlob",
      ...options.headers,
    });
    if (typeof options.body === "string")
      headers.set("content-length", String(options.body.length));
    if (authorization !== "") headers.set("authorization", authorization);
    const url = `https://localhost:9004/${options.account ?? this.account.name}${path}`;
    return this.#front.app.request(url, {
      method,
      headers,
      ...(options.body === undefined ? {} : { body: options.body, duplex: "half" }),
    });
  }

  /** Writes the blob "a b.txt". */
  put(body: Options["body"] & {}, headers: Record<string, string> = {}): Promise<Response> {
    return this.send("PUT", "/invoices/a%20b.txt", { body, headers });
  }

  newAccount(name = `acct${randomUUID().slice(0, 8)}`): Resource {
    const { tenantId, subscriptionId } = this.tenants.home;
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
