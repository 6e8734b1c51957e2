import { randomBytes } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import type { Azure } from "../service/azure.ts";
import { answerOrRefuse } from "./answer-request.ts";
import { AccountPool } from "./azurite/account-pool.ts";
import type { Azurite } from "./azurite/azurite.ts";
import type { BlobService } from "./azurite/backend.ts";
import { ContainerRegistry } from "./azurite/container-registry.ts";
import { answerFault } from "./engine/errors.ts";
import { refuseWithoutLength } from "./rules/headers.ts";

/** Which of Azurite's accounts and containers hold what, while the blobs stay in its folder. */
export interface SavedBlobAccounts {
  /** Name of Azurite's account by the storage account's id in lower case. */
  readonly lent: ReadonlyMap<string, string>;
  /** Ids of containers, in lower case. */
  readonly opened: ReadonlySet<string>;
  /** What user delegation keys are made of, so that signatures go on being valid. */
  readonly delegationSecret: string;
}

/** Blob storage of all accounts at one origin. */
export interface StorageFront {
  readonly app: Hono;
  save(): SavedBlobAccounts;
  reset(): Promise<void>;
}

/**
 * Blob storage: this front decides who may do what, the Azurite behind it stores the blobs. Addresses of either style are
 * answered. Of what Azurite has, `saved` goes on and everything else is deleted; without it, Azurite is empty.
 */
export async function createStorageFront(
  azure: Azure,
  azurite: Azurite,
  saved?: SavedBlobAccounts,
): Promise<StorageFront> {
  const pool = new AccountPool(azure.state, azurite);
  const registry = new ContainerRegistry(azure.state, pool, saved?.opened);
  if (saved !== undefined) await pool.resume(saved.lent);
  const delegationSecret = saved?.delegationSecret ?? randomBytes(32).toString("base64");
  return {
    app: createFront({ azure, azurite, registry, delegationSecret }),
    save: () => ({ lent: pool.lent, opened: registry.opened, delegationSecret }),
    reset: () => pool.reset(),
  };
}

function createFront(service: BlobService): Hono {
  const app = new Hono();
  app.use(
    service.azure.traffic.middleware("storage", undefined, (request, status) =>
      answerFault(service.azure, request, status),
    ),
  );
  app.all("*", (c) => {
    const incoming = incomingOf(c);
    const refused = incoming && refuseWithoutLength(c.req.raw);
    return refused ?? answerOrRefuse(service, c.req.raw, clientOf(incoming));
  });
  return app;
}

/** Undefined for an app that is called without a socket, whose request has no length either. */
function incomingOf(c: Context): HttpBindings["incoming"] | undefined {
  return { ...(c.env as Partial<HttpBindings> | undefined) }.incoming;
}

/** An app that is called without a socket is called by this machine. A socket that is closed by now has no address. */
function clientOf(incoming: HttpBindings["incoming"] | undefined): string {
  return incoming === undefined ? "127.0.0.1" : (incoming.socket.remoteAddress ?? "");
}
