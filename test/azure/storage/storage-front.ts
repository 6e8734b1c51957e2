import { Hono } from "hono";
import type { Azure } from "../azure.ts";
import { AccountPool } from "./account-pool.ts";
import { startAzurite, type Azurite } from "./azurite.ts";
import { requiredPermission, type BlobRequest } from "./blob-operation.ts";
import { forwardToAzurite } from "./forward-to-azurite.ts";
import { readBlobRequest, requireAccount } from "./blob-request.ts";
import { ContainerRegistry } from "./container-registry.ts";
import { authenticateBlobRequest } from "./storage-authentication.ts";
import { authorizeBlobRequest, requirePublicNetwork } from "./storage-authorization.ts";
import { StorageError } from "./storage-error.ts";

/** Which of Azurite's accounts and containers hold what, while the blobs stay in its folder. */
export interface SavedBlobAccounts {
  /** Name of Azurite's account by the storage account's id in lower case. */
  readonly lent: ReadonlyMap<string, string>;
  /** Ids of containers, in lower case. */
  readonly opened: ReadonlySet<string>;
}

/** Where blobs outlive this process, and what an earlier one has left there. */
export interface KeptBlobs {
  readonly folder: string;
  readonly saved: SavedBlobAccounts | undefined;
}

/** Blob storage of all accounts at one origin. */
export interface StorageFront {
  readonly app: Hono;
  save(): SavedBlobAccounts;
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** How many storage accounts may exist at once, over all tenants. */
const accountCount = 64;

/**
 * Starts Blob storage: this front decides who may do what, one Azurite behind it stores the blobs. Addresses are path
 * style, `https://localhost:PORT/<account>/<container>/<blob>`. Blobs are in memory unless they are to be kept.
 */
export async function startStorageFront(azure: Azure, kept?: KeptBlobs): Promise<StorageFront> {
  const azurite = await startAzurite(accountCount, kept?.folder);
  const pool = new AccountPool(azure.state, azurite);
  const registry = new ContainerRegistry(azure.state, pool, kept?.saved?.opened);
  if (kept !== undefined) await resume(azurite, pool, kept);
  const app = createFront(azure, azurite, registry);
  return {
    app,
    save: () => ({ lent: pool.lent, opened: registry.opened }),
    reset: () => pool.reset(),
    close: () => azurite.close(),
  };
}

async function resume(azurite: Azurite, pool: AccountPool, { saved }: KeptBlobs): Promise<void> {
  await pool.resume(saved?.lent ?? new Map()).catch(async (error: unknown) => {
    await azurite.close();
    throw error;
  });
}

function createFront(azure: Azure, azurite: Azurite, registry: ContainerRegistry): Hono {
  const app = new Hono();
  app.use(azure.traffic.middleware("storage"));
  app.onError((error, c) => {
    if (error instanceof StorageError) return error.toResponse(c.req.raw, azure.clock.now());
    azure.log("storage-error", { path: c.req.path, error: error.stack });
    const unexpected = new StorageError(
      500,
      "InternalError",
      "Server encountered an internal error.",
    );
    return unexpected.toResponse(c.req.raw, azure.clock.now());
  });
  app.all("*", async (c) => {
    const request = readBlobRequest(c.req.raw);
    await admit(azure, request);
    const credential = await registry.prepare(request);
    const response = await forwardToAzurite(azure, azurite.port, credential, request, c.req.raw);
    registry.record(request, response.status);
    return response;
  });
  return app;
}

/** Account, network, token, operation, role: in this order. */
async function admit(azure: Azure, request: BlobRequest): Promise<void> {
  const account = requireAccount(azure.state, request.account);
  requirePublicNetwork(account);
  const caller = await authenticateBlobRequest(azure, account, request);
  const permission = requiredPermission(request);
  if (permission === undefined)
    throw new StorageError(
      501,
      "NotImplemented",
      `${request.method} ${describe(request)} is not emulated`,
    );
  const scope =
    request.container === undefined
      ? account.id
      : `${account.id}/blobServices/default/containers/${request.container}`;
  authorizeBlobRequest(azure, caller, permission, scope);
}

function describe({ account, container, blob, query }: BlobRequest): string {
  const path = ["", account, container, blob].filter((part) => part !== undefined).join("/");
  const comp = query.get("comp");
  return comp === null ? path : `${path}?comp=${comp}`;
}
