import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { issueApplicationToken } from "../../src/entra/issue-token.ts";
import { createKeyVault } from "../../src/key-vault/key-vault.ts";
import type { Azure } from "../../src/service/azure.ts";
import type { ServicePrincipal } from "../../src/world/directory-records.ts";
import type { Resource } from "../../src/world/resource-records.ts";
import { type Answer, answerOf } from "../resource-manager/management-client.ts";
import { type BareTenants, createBareTenants } from "../tenants/bare-tenants.ts";

interface Options {
  readonly principal?: ServicePrincipal;
  /** Sent as it is; empty leaves the header out. */
  readonly authorization?: string;
  readonly body?: unknown;
  /** @default that of the vault's own host */
  readonly origin?: string;
}

/** Key Vault for tests, in-process: a vault, and a principal that is Key Vault Secrets Officer at it. */
export class VaultWorld {
  readonly tenants: BareTenants;
  /** Milliseconds since the epoch; tests move it. */
  readonly clock: { milliseconds: number };
  readonly azure: Azure;
  readonly vault: Resource;
  readonly officer: ServicePrincipal;
  readonly #app: Hono;

  private constructor(tenants: BareTenants) {
    const clock = { milliseconds: Date.UTC(2026, 0, 15, 12) };
    this.tenants = tenants;
    this.clock = clock;
    this.azure = { ...tenants.azure, clock: { now: () => clock.milliseconds } };
    this.#app = createKeyVault(this.azure).app;
    this.vault = this.#newVault();
    this.officer = tenants.principal(tenants.home);
    tenants.grant(this.officer, "Key Vault Secrets Officer", this.vault.id);
  }

  static async start(): Promise<VaultWorld> {
    return new VaultWorld(await createBareTenants());
  }

  /** The same tenants with another vault and officer, so that no test sees what one before it has left. */
  renew(): VaultWorld {
    return new VaultWorld(this.tenants);
  }

  /** `https://<name>.vault.localhost:PORT`. */
  get origin(): string {
    return `https://${this.vault.name}.vault.localhost:9007`;
  }

  /** Sends a request, as the officer unless told otherwise; a path without query asks for api-version 7.6. */
  async send(method: string, path: string, options: Options = {}): Promise<Answer> {
    const { principal = this.officer, authorization = await this.bearer(principal) } = options;
    const query = path.includes("?") ? "" : "?api-version=7.6";
    const headers: Record<string, string> = authorization === "" ? {} : { authorization };
    const url = `${options.origin ?? this.origin}${path}${query}`;
    return answerOf(await this.answer(method, url, headers, options.body));
  }

  /** The answer to a request with exactly these headers, to a whole address or a path at the vault's own host. */
  answer(
    method: string,
    url: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Response | Promise<Response> {
    return this.#app.request(new URL(url, this.origin).href, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Status and error of what the officer is refused. */
  async refusal(method: string, path: string, body?: unknown): Promise<unknown[]> {
    const { status, error } = await this.send(method, path, { body });
    return [status, error];
  }

  /** Sets a secret and returns the version's id. */
  async set(name: string, value = "s3cret", more: object = {}): Promise<string> {
    const { body } = await this.send("PUT", `/secrets/${name}`, { body: { value, ...more } });
    return String(body["id"]).split("/").at(-1) ?? "";
  }

  /** An Authorization header with a token that the local Entra issued. */
  async bearer(principal: ServicePrincipal, audience = "https://vault.azure.net"): Promise<string> {
    const target = { name: "key-vault", audience } as const;
    return `Bearer ${(await issueApplicationToken(this.azure, principal, target)).token}`;
  }

  #newVault(): Resource {
    const { tenantId, subscriptionId } = this.tenants.home;
    const name = `kv-${randomUUID().slice(0, 8)}`;
    const id = `/subscriptions/${subscriptionId}/resourceGroups/Data/providers/Microsoft.KeyVault/vaults/${name}`;
    const type = "Microsoft.KeyVault/vaults";
    const properties = { enableRbacAuthorization: true, softDeleteRetentionInDays: 90 };
    const vault = { id, name, type, tenantId, subscriptionId, location: "westeurope", properties };
    this.azure.state.resources.set(id.toLowerCase(), vault);
    return vault;
  }
}
