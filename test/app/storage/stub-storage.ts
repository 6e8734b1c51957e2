import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { systemClock, type Clock } from "cross-tenant-tokens/time";
import { azureBlobStore } from "../../../app/storage/azure-blob-store.ts";
import { ContainerClients } from "../../../app/storage/container-clients.ts";
import type { StorageTokens } from "../../../app/storage/bearer-token.ts";
import type { TargetStore } from "../../../app/target-store.ts";
import type { Target } from "../../../app/target.ts";
import { targetOf } from "../settings.ts";

/**
 * A storage account over real sockets that gives one canned answer at a time: what the whole of
 * Azure Storage does with these requests is tested against the local Azure.
 */
export class StubStorage {
  /** Every request: method, path and authorization. */
  readonly requests: string[] = [];
  /** How many bytes each request's body had. */
  readonly bodies: number[] = [];
  /** Answers the requests in turn; the last one answers all that follow. */
  answers: RequestListener[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const { method, url, headers } = request;
      this.requests.push(`${method} ${url} ${headers.authorization}`);
      let bytes = 0;
      request.on("data", (chunk: Buffer) => (bytes += chunk.length));
      request.on("end", () => {
        this.bodies.push(bytes);
        const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
        answer?.(request, response);
      });
    });
  }

  async listen(): Promise<void> {
    await once(this.#server.listen(0, "127.0.0.1"), "listening");
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** A target of tenant `digit` in the account `account` of this server. */
  target(name = "invoices", account = "contoso", digit = "1"): Target {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    const blobEndpoint = `http://127.0.0.1:${address.port}/${account}`;
    return { ...targetOf(name, "contoso", digit), blobEndpoint };
  }
}

/** The store of `target`, with a client of its own. */
export function openStore(
  target: Target,
  tokens: StorageTokens,
  clock: Clock = systemClock,
): TargetStore {
  return azureBlobStore(target, new ContainerClients(() => tokens).open(target), clock);
}

/** Answers with a blob. */
export const hello: RequestListener = (_request, response) =>
  response.writeHead(200, { "content-length": "5", etag: '"7"' }).end("hello");

/** Answers that something was created. */
export const created: RequestListener = (_request, response) => response.writeHead(201).end();

/** Answers as Azure Storage refuses. */
export function refusal(
  status: number,
  code: string,
  headers: Record<string, string> = {},
  detail = "",
): RequestListener {
  const reason = detail && `<AuthenticationErrorDetail>${detail}</AuthenticationErrorDetail>`;
  return (_request, response) => {
    response.writeHead(status, { "content-type": "application/xml", ...headers });
    response.end(
      `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>No.</Message>${reason}</Error>`,
    );
  };
}

/** The challenge of an account in tenant `tenantId`, as Azure Storage sends it. */
export function challenge(tenantId: string): Record<string, string> {
  const address = `https://login.example/${tenantId}/oauth2/authorize`;
  return {
    "www-authenticate": `Bearer authorization_uri=${address} resource_id=https://storage.azure.com`,
  };
}
