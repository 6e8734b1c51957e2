import type { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { Turns } from "../../base/turns.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { State } from "../../world/state.ts";
import { type BlobRequest, requireAccount } from "../engine/blob-request.ts";
import { StorageError } from "../engine/errors.ts";
import type { AccountPool } from "./account-pool.ts";
import { deleteContainer } from "./delete-container.ts";

const type = "Microsoft.Storage/storageAccounts/blobServices/containers";

/** Keeps the containers of Azurite and of Resource Manager the same, whichever side creates or deletes one. */
export class ContainerRegistry {
  readonly #state: State;
  readonly #pool: AccountPool;
  /** Containers that exist in Azurite, by the resource they were made for. */
  readonly #opened = new WeakMap<Resource, Promise<void>>();
  /** Containers that an earlier process has opened, whose blobs are still wanted. */
  readonly #resumed: WeakSet<Resource>;
  /** Requests whose containers Azurite may have already and Resource Manager has not yet. */
  readonly #creating = new Set<BlobRequest>();
  /** Of changes at Azurite, so that none deletes what another has just made. */
  readonly #turns = new Turns();
  /** Of an account's requests that create or delete a container, each with its record. */
  readonly #changes = new WeakMap<Resource, Turns>();

  /** `opened` are the ids that {@link opened} had when everything was saved. */
  constructor(state: State, pool: AccountPool, opened: Iterable<string> = []) {
    this.#state = state;
    this.#pool = pool;
    const resources = [...opened].map((id) => state.resources.get(id));
    this.#resumed = new WeakSet(resources.filter((resource) => resource !== undefined));
  }

  /** Ids, in lower case, of the containers that Azurite has blobs for. */
  get opened(): Set<string> {
    const containers = [...this.#state.resources].filter(
      ([, resource]) => this.#opened.has(resource) || this.#resumed.has(resource),
    );
    return new Set(containers.map(([id]) => id));
  }

  /** The Azurite account to forward a request to, with exactly the containers in it that the request may see. */
  async prepare(request: BlobRequest): Promise<StorageSharedKeyCredential> {
    const account = requireAccount(this.#state, request.account);
    const credential = await this.#pool.lease(account);
    const client = this.#pool.client(credential);
    const containers = this.#containers(account);
    if (request.container === undefined) {
      await this.#turns.take(() => this.#closeOthers(client, account));
      await Promise.all(containers.map((container) => this.#open(client, container)));
      return credential;
    }
    const container = containers.find(({ name }) => name === request.container);
    if (container !== undefined) await this.#open(client, container);
    else if (isCreate(request))
      await this.#turns.take(() => this.#makeRoom(client, account, request.container));
    else
      throw new StorageError(404, "ContainerNotFound", "The specified container does not exist.");
    if (isCreate(request)) this.#creating.add(request);
    return credential;
  }

  /** Lets `send` carry a request out at the Azurite account of {@link prepare}, and follows what that does to its container. */
  async follow(
    request: BlobRequest,
    send: (credential: StorageSharedKeyCredential) => Promise<Response>,
  ): Promise<Response> {
    if (!isCreate(request) && !isDelete(request)) return send(await this.prepare(request));
    const account = requireAccount(this.#state, request.account);
    const turns = this.#changes.get(account) ?? new Turns();
    this.#changes.set(account, turns);
    const change = turns.take(() => this.#change(request, send));
    return change.finally(() => this.#creating.delete(request));
  }

  async #change(
    request: BlobRequest,
    send: (credential: StorageSharedKeyCredential) => Promise<Response>,
  ): Promise<Response> {
    const account = requireAccount(this.#state, request.account);
    const id = containerId(account, request);
    const before = this.#state.resources.get(id.toLowerCase());
    const response = await send(await this.prepare(request));
    // An account that is gone by now has taken its containers along.
    if (this.#state.resources.get(account.id.toLowerCase()) !== account) return response;
    if (isDelete(request) && response.status === 202)
      this.#state.resources.delete(id.toLowerCase());
    if (isCreate(request) && response.status === 201) this.#record(account, request, before);
    return response;
  }

  /** Leaves a container as it is that Resource Manager has made since `before`. */
  #record(account: Resource, request: BlobRequest, before: Resource | undefined): void {
    const { tenantId, subscriptionId } = account;
    const [id, name] = [containerId(account, request), request.container ?? ""];
    const current = this.#state.resources.get(id.toLowerCase());
    if (current !== undefined && current !== before) return;
    const properties = { publicAccess: "None" };
    const container: Resource = { id, name, type, tenantId, subscriptionId, properties };
    this.#opened.set(container, Promise.resolve());
    this.#state.resources.set(id.toLowerCase(), container);
  }

  /** A resource made anew after a deletion is another one: its container starts empty. */
  async #open(client: BlobServiceClient, container: Resource): Promise<void> {
    let opened = this.#opened.get(container);
    if (opened === undefined) {
      const target = client.getContainerClient(container.name);
      opened = this.#turns.take(async () => {
        if (!this.#resumed.has(container)) await deleteContainer(target);
        await target.createIfNotExists();
      });
      this.#opened.set(container, opened);
      opened.catch(() => this.#opened.delete(container));
    }
    await opened;
  }

  async #closeOthers(client: BlobServiceClient, account: Resource): Promise<void> {
    for await (const { name } of client.listContainers())
      if (!this.#isWanted(account, name)) await deleteContainer(client.getContainerClient(name));
  }

  /** Deletes what an earlier container of the name has left. */
  async #makeRoom(client: BlobServiceClient, account: Resource, name = ""): Promise<void> {
    if (!this.#isWanted(account, name)) await deleteContainer(client.getContainerClient(name));
  }

  #isWanted(account: Resource, name: string): boolean {
    const isCreating = [...this.#creating].some(
      (request) => request.account === account.name && request.container === name,
    );
    return isCreating || this.#containers(account).some((container) => container.name === name);
  }

  #containers({ id }: Resource): Resource[] {
    const prefix = `${id}/`.toLowerCase();
    return [...this.#state.resources.values()].filter(
      (resource) => resource.type === type && resource.id.toLowerCase().startsWith(prefix),
    );
  }
}

/** Where a role must be for a request: at what it is about, the account or one of its containers, or above. */
export function scopeOf(account: Resource, request: BlobRequest): string {
  return request.container === undefined ? account.id : containerId(account, request);
}

function containerId({ id }: Resource, { container }: BlobRequest): string {
  return `${id}/blobServices/default/containers/${container}`;
}

function isCreate({ method, blob, query }: BlobRequest): boolean {
  return method === "PUT" && blob === undefined && !query.has("comp");
}

function isDelete({ method, blob, query }: BlobRequest): boolean {
  return method === "DELETE" && blob === undefined && !query.has("comp");
}
