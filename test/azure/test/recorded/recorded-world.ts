import type { HttpBindings } from "@hono/node-server";
import { startAzurite } from "../../src/storage/azurite/azurite.ts";
import { issueApplicationToken } from "../../src/entra/issue-token.ts";
import { Traffic } from "../../src/http/traffic.ts";
import { createCertificate } from "../../src/http/certificate.ts";
import { type CreatedServices, createServices } from "../../src/local-azure/create-services.ts";
import { defaultSeed, HOME } from "../../src/local-azure/seed/default-seed.ts";
import { plantOwners } from "../../src/local-azure/seed/plant-owners.ts";
import { plantSeed } from "../../src/local-azure/seed/plant-seed.ts";
import type { Azure } from "../../src/service/azure.ts";
import { createStorageFront, type StorageFront } from "../../src/storage/storage.ts";
import { emptyState } from "../../src/world/state.ts";
import type { Endpoints } from "../../src/world/endpoints.ts";
import type { ApiName } from "../../src/world/tokens/apis.ts";
import { sharedKeys } from "../tenants/shared-keys.ts";

const SUBSCRIPTION = defaultSeed.tenants[0]?.subscriptionId ?? "";

/** Storage Blob Data Owner and Key Vault Administrator, for what Owner alone may not do. */
const DATA_ROLES = ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "00482a5a-887f-4fb3-b363-3b7fe8e74483"];

const endpoints: Endpoints = {
  metadata: "https://localhost:9000",
  login: "https://localhost:9001",
  resourceManager: "https://localhost:9002",
  graph: "https://localhost:9003",
  storage: "https://localhost:9004",
  oidc: "https://localhost:9005",
  control: "https://localhost:9006",
  keyVault: "https://localhost:9007",
};

/** A local Azure without ports, of which its owner may do everything, at a clock that stands until somebody waits. */
export class RecordedWorld {
  readonly azure: Azure;
  readonly tenantId = HOME;
  readonly subscriptionId = SUBSCRIPTION;
  readonly #clock: { milliseconds: number };
  readonly #services: CreatedServices;
  readonly #storage: StorageFront;
  readonly #end: () => Promise<void>;

  private constructor(
    azure: Azure,
    clock: { milliseconds: number },
    storage: StorageFront,
    end: () => Promise<void>,
  ) {
    this.azure = azure;
    this.#clock = clock;
    this.#storage = storage;
    this.#services = createServices(azure, storage, { oidc: "oidc", control: "control" });
    this.#end = end;
  }

  static async start(): Promise<RecordedWorld> {
    const clock = { milliseconds: Date.now() };
    const azure: Azure = {
      clock: { now: () => clock.milliseconds },
      state: emptyState(),
      keys: await sharedKeys([...defaultSeed.tenants.map(({ tenantId }) => tenantId), "github"]),
      traffic: new Traffic(),
      certificate: await createCertificate(),
      caFile: "",
      endpoints,
      vaultAddresses: "host",
      azureWaits: true,
      log: () => {},
    };
    const azurite = await startAzurite();
    const storage = await createStorageFront(azure, azurite);
    return new RecordedWorld(azure, clock, storage, () => azurite.close());
  }

  /** Back to a tenant with nothing in it but its owner. */
  async reset(): Promise<void> {
    const { appService, instanceMetadata, keyVault } = this.#services.hosts;
    await appService.reset();
    await instanceMetadata.close();
    await keyVault.reset();
    await this.#storage.reset();
    for (const store of Object.values(this.azure.state)) store.clear();
    plantSeed(this.azure, defaultSeed);
    for (const { objectId, tenantId } of plantOwners(this.azure))
      if (tenantId === HOME) for (const role of DATA_ROLES) this.#grant(objectId, role);
  }

  async close(): Promise<void> {
    await this.reset();
    await this.#services.hosts.appService.close();
    await this.#end();
  }

  /** Lets time pass at once. */
  wait(milliseconds: number): void {
    this.#clock.milliseconds += milliseconds;
  }

  /** Sends a request to the service, as the owner unless it has an Authorization of its own. */
  async send(service: keyof Endpoints, url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const api = audiences[service];
    if (api !== undefined && !headers.has("authorization"))
      headers.set("authorization", await this.#bearer(...api));
    // Every client of Blob storage tells the length, which nothing counts for a request that is not sent.
    if (typeof init.body === "string")
      headers.set("content-length", String(Buffer.byteLength(init.body)));
    const answer: unknown = await this.#services.apps[service].fetch(
      new Request(url, { ...init, headers }),
      // No app looks at what a socket would have given it but for its address and length.
      {} as HttpBindings,
    );
    if (answer instanceof Response) return answer;
    throw new Error(`${service} answered no response`);
  }

  /** Where the instance metadata service of a machine listens: the link-local address of Azure is never called. */
  async instanceMetadata(machineId: string): Promise<string> {
    const environment = await this.#services.hostEnvironment(machineId);
    return environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"] ?? "";
  }

  async #bearer(name: ApiName, audience: string): Promise<string> {
    const owner = this.owner();
    return `Bearer ${(await issueApplicationToken(this.azure, owner, { name, audience })).token}`;
  }

  /** The service principal of the home tenant's owner. */
  owner() {
    const found = [...this.azure.state.servicePrincipals.values()].find(
      ({ displayName, tenantId }) => displayName === "owner" && tenantId === HOME,
    );
    if (found === undefined) throw new Error("the world has no owner; it was not reset");
    return found;
  }

  #grant(principalId: string, roleDefinitionGuid: string): void {
    const scope = `/subscriptions/${SUBSCRIPTION}`;
    const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${roleDefinitionGuid}`;
    this.azure.state.roleAssignments.set(id.toLowerCase(), {
      id,
      tenantId: HOME,
      scope,
      principalId,
      principalType: "ServicePrincipal",
      roleDefinitionGuid,
    });
  }
}

const audiences: Partial<Record<keyof Endpoints, readonly [ApiName, string]>> = {
  resourceManager: ["resource-manager", "https://management.azure.com/"],
  graph: ["graph", "https://graph.microsoft.com"],
  storage: ["storage", "https://storage.azure.com"],
  keyVault: ["key-vault", "https://vault.azure.net"],
};
