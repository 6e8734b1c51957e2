import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { type HttpsService, startHttpsService } from "../http/https-service.ts";
import { limitBody } from "../http/limit-body.ts";
import type { Listen } from "../http/listen.ts";
import type { Azure } from "../service/azure.ts";
import type { VaultListeners } from "../service/vault-listeners.ts";
import { vaultNameInHost } from "../world/names/vault-address.ts";
import { findVault } from "../world/resources/vaults.ts";
import { answerVaultRequest } from "./answer-request.ts";
import { VaultError } from "./errors.ts";

/**
 * The data plane of all vaults. A vault has two addresses. `https://<name>.vault.localhost:PORT` at one listener is as on
 * Azure, and clients accept its challenge as they are, where names under localhost resolve; many resolvers do not. So
 * each vault has a listener of its own too, `https://localhost:PORT`, and that is its `vaultUri` unless a setting says
 * otherwise: it resolves everywhere, clients find names and versions in its identifiers as they expect them (a vault's name
 * in the path would break that), and all they need is the documented switch for hosts that are not under the challenge's
 * resource:
 * `disableChallengeResourceVerification` (https://aka.ms/azsdk/blog/vault-uri).
 */
export interface KeyVault extends VaultListeners {
  /** For the listener that all vaults share. */
  readonly app: Hono;
  /** Closes every vault's own listener. */
  reset(): Promise<void>;
}

/** No listener is opened before a vault is. */
export function createKeyVault(azure: Azure): KeyVault {
  const listeners = new Map<string, Promise<HttpsService>>();
  const closeVault = async (vaultName: string): Promise<void> => {
    const listener = listeners.get(vaultName.toLowerCase());
    listeners.delete(vaultName.toLowerCase());
    azure.ports?.forget(listenerOf(vaultName));
    const opened = await listener;
    if (opened === undefined) return;
    azure.traffic.faults.release(opened);
    await opened.close();
  };
  return {
    app: createVaultApp(azure, undefined),
    async open(vaultName) {
      const key = vaultName.toLowerCase();
      let listener = listeners.get(key);
      if (listener === undefined) {
        const listen = azure.ports?.at(listenerOf(key));
        listener = startListener(azure, key, listen);
        listeners.set(key, listener);
        // One whose port is taken is not there to be closed, and may be asked for again.
        listener.catch(() => listeners.delete(key));
      }
      return (await listener).origin;
    },
    closeVault,
    reset: async () => void (await Promise.all([...listeners.keys()].map(closeVault))),
  };
}

async function startListener(
  azure: Azure,
  vaultName: string,
  listen: Listen | undefined,
): Promise<HttpsService> {
  const app = createVaultApp(azure, vaultName);
  const listener = await startHttpsService(app, azure.certificate, listen);
  await azure.traffic.faults.guard("key-vault", listener);
  return listener;
}

function listenerOf(vaultName: string): string {
  return `vault ${vaultName.toLowerCase()}`;
}

function createVaultApp(azure: Azure, listenerVault: string | undefined): Hono {
  const app = new Hono();
  app.use(azure.traffic.middleware("key-vault"));
  app.use(limitBody(1024 * 1024));
  app.all("*", async (c) => {
    const answer = await answerVaultRequest(azure, c.req.raw, listenerVault);
    const status = answer === null ? 204 : 200;
    return respond(azure, c.req.raw, listenerVault, status, answer);
  });
  app.onError((error, c) => {
    if (!(error instanceof VaultError)) {
      azure.log("key-vault-error", { path: c.req.path, error: error.stack });
      const body = { error: { code: "InternalServerError", message: "unexpected error" } };
      return respond(azure, c.req.raw, listenerVault, 500, body);
    }
    const { status, code, message, innerCode, challenge } = error;
    const innererror = innerCode === undefined ? undefined : { code: innerCode };
    const body = { error: { code, message, innererror } };
    const response = respond(azure, c.req.raw, listenerVault, status, body);
    if (challenge !== undefined) response.headers.set("www-authenticate", challenge);
    return response;
  });
  return app;
}

/** With Key Vault's headers, but Strict-Transport-Security, which browsers would keep for all of localhost. */
function respond(
  azure: Azure,
  { url, headers: asked }: Request,
  listenerVault: string | undefined,
  status: number,
  body: object | null,
): Response {
  const vaultName = vaultNameInHost(new URL(url).hostname) ?? listenerVault ?? "";
  const region = findVault(azure.state, vaultName)?.location;
  const headers = new Headers({
    "cache-control": "no-cache",
    pragma: "no-cache",
    expires: "-1",
    "x-ms-request-id": randomUUID(),
    "x-content-type-options": "nosniff",
    // The service's version is that of the newest recordings; a client's address is this machine's.
    "x-ms-keyvault-service-version": "1.9.804.1",
    "x-ms-keyvault-network-info": "conn_type=Ipv4;addr=127.0.0.1;act_addr_fam=InterNetwork;",
  });
  if (region !== undefined) headers.set("x-ms-keyvault-region", region);
  const requestId = asked.get("x-ms-client-request-id");
  if (requestId !== null) headers.set("x-ms-client-request-id", requestId);
  if (body === null) return new Response(null, { status, headers });
  headers.set("content-type", "application/json; charset=utf-8");
  return new Response(JSON.stringify(body), { status, headers });
}
