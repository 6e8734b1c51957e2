import { BlobServiceClient, type StorageSharedKeyCredential } from "@azure/storage-blob";
import { Turns } from "../../base/turns.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { State } from "../../world/state.ts";
import { StorageError } from "../engine/errors.ts";
import type { Azurite } from "./azurite.ts";
import { deleteContainer } from "./delete-container.ts";

/** A storage account of the local Azure and the Azurite account that holds its blobs. */
interface Lease {
  readonly account: Resource;
  readonly credential: StorageSharedKeyCredential;
}

/**
 * Lends Azurite's accounts to storage accounts. What exists is decided by Resource Manager's state alone: an account or
 * container that was deleted there, or deleted and made again, starts empty, whoever deleted it and however.
 */
export class AccountPool {
  readonly #state: State;
  readonly #azurite: Azurite;
  readonly #free: StorageSharedKeyCredential[];
  readonly #leases = new Map<string, Lease>();
  readonly #sweeps = new Turns();

  constructor(state: State, azurite: Azurite) {
    this.#state = state;
    this.#azurite = azurite;
    this.#free = [...azurite.accounts];
  }

  /** The Azurite account of a storage account. Throws when more accounts exist than Azurite was started with. */
  async lease(account: Resource): Promise<StorageSharedKeyCredential> {
    await this.#sweeps.take(() => this.#sweep((leased) => this.#isGone(leased)));
    const lease = this.#leases.get(account.name);
    if (lease !== undefined) return lease.credential;
    const credential = this.#free.pop();
    if (credential === undefined)
      throw new StorageError(
        501,
        "NotImplemented",
        `more than ${this.#azurite.accounts.length} storage accounts at once are not emulated`,
      );
    this.#leases.set(account.name, { account, credential });
    return credential;
  }

  /** Name of the Azurite account that each storage account has, by the storage account's id in lower case. */
  get lent(): Map<string, string> {
    const current = [...this.#leases.values()].filter(({ account }) => !this.#isGone(account));
    return new Map(
      current.map(({ account, credential }) => [account.id.toLowerCase(), credential.accountName]),
    );
  }

  /** Lends what was lent before, and empties the other accounts: only a killed process leaves anything in them. */
  async resume(lent: ReadonlyMap<string, string>): Promise<void> {
    for (const [id, name] of lent) {
      const account = this.#state.resources.get(id);
      const index = this.#free.findIndex(({ accountName }) => accountName === name);
      if (account === undefined || index === -1) continue;
      for (const credential of this.#free.splice(index, 1))
        this.#leases.set(account.name, { account, credential });
    }
    await Promise.all(this.#free.map((credential) => this.#empty(credential)));
  }

  /** Takes back and empties every account. */
  async reset(): Promise<void> {
    await this.#sweeps.take(() => this.#sweep(() => true));
  }

  /** Takes back and empties the Azurite accounts of storage accounts that `isGone`. */
  async #sweep(isGone: (account: Resource) => boolean): Promise<void> {
    for (const [name, { account, credential }] of this.#leases) {
      if (!isGone(account)) continue;
      this.#leases.delete(name);
      await this.#empty(credential);
      this.#free.push(credential);
    }
  }

  async #empty(credential: StorageSharedKeyCredential): Promise<void> {
    const client = this.client(credential);
    for await (const container of client.listContainers())
      await deleteContainer(client.getContainerClient(container.name));
  }

  /** An account made anew after a deletion is another one. */
  #isGone(account: Resource): boolean {
    return this.#state.resources.get(account.id.toLowerCase()) !== account;
  }

  /** Full access to an Azurite account. */
  client(credential: StorageSharedKeyCredential): BlobServiceClient {
    const url = `http://127.0.0.1:${this.#azurite.port}/${credential.accountName}`;
    return new BlobServiceClient(url, credential);
  }
}
