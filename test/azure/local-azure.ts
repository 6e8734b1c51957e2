import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Azure, Endpoints } from "./azure.ts";
import { createCertificate, writeCaFile } from "./certificate.ts";
import { systemClock, type Clock } from "./clock.ts";
import { connectionOf, type Connection } from "./connection.ts";
import { createSigningKeys } from "./entra/signing-keys.ts";
import type { HostEnvironment } from "./host-environment.ts";
import { logToStderr } from "./log-to-stderr.ts";
import type { PlantedHost } from "./plant-host.ts";
import { plantSeed } from "./plant-seed.ts";
import type { Seed } from "./seed.ts";
import { startServices } from "./start-services.ts";
import { emptyState, type State, type Tenant } from "./state.ts";
import { Traffic } from "./traffic.ts";

/** A running local Azure. `state` and `traffic` are for tests to look at and to put faults into. */
export interface LocalAzure {
  readonly endpoints: Endpoints;
  readonly caFile: string;
  readonly connection: Connection;
  readonly state: State;
  readonly traffic: Traffic;
  /** What to export in a process that plays a site or virtual machine, by the resource's id. Throws for any other id. */
  readonly hostEnvironment: HostEnvironment;
  /** Puts a site and a virtual machine with an identity into the first tenant, for processes to play. */
  plantHost(): Promise<PlantedHost>;
  /** Signs every tenant's tokens with a new key from now on; the keys before stay published for a day. */
  rollSigningKeys(): Promise<void>;
  /** Back to the seed; addresses, keys and certificate stay. */
  reset(): Promise<void>;
  /** Ends every service and every process it started. */
  close(): Promise<void>;
}

/** In what a local Azure may differ from the one that `npm run azure` starts. */
export interface LocalAzureOptions extends Pick<Azure, "tokenLifetimes"> {
  /** @default the system's */
  readonly clock?: Clock;
  /** @default to stderr */
  readonly log?: Azure["log"];
}

/** Starts the local Azure on loopback ports that the system chooses. */
export async function startLocalAzure(
  seed: Seed,
  { clock = systemClock, log = logToStderr, ...lifetimes }: LocalAzureOptions = {},
): Promise<LocalAzure> {
  const certificate = await createCertificate();
  const keys = await createSigningKeys([...seed.tenants.map(({ tenantId }) => tenantId), "github"]);
  const caFile = await writeCaFile(certificate);
  const endpoints = {
    metadata: "",
    login: "",
    resourceManager: "",
    graph: "",
    storage: "",
    keyVault: "",
    oidc: "",
    control: "",
  };
  const [state, traffic] = [emptyState(), new Traffic()];
  const azure: Azure = {
    clock,
    state,
    keys,
    traffic,
    certificate,
    caFile,
    endpoints,
    log,
    ...lifetimes,
  };
  const ownTokens = { oidc: randomToken(), control: randomToken() };
  const forgetCa = () => rm(dirname(caFile), { recursive: true, force: true });
  const services = await startServices(azure, ownTokens, (name, origin) => {
    endpoints[name] = origin;
  }).catch(async (error: unknown) => {
    await forgetCa();
    throw error;
  });
  const close = async () => {
    await services.close();
    await forgetCa();
  };
  await plantSeed(azure, seed).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const connection = connectionOf(azure, seed, ownTokens);
  const reset = async () => {
    await services.reset();
    traffic.reset();
    for (const store of Object.values(state)) store.clear();
    await plantSeed(azure, seed);
  };
  const { hostEnvironment } = services;
  const handle = { endpoints, caFile, connection, state, traffic, hostEnvironment, reset, close };
  return {
    ...handle,
    plantHost: () => services.plantHost(firstTenant(seed)),
    rollSigningKeys: () => rollSigningKeys(azure),
  };
}

async function rollSigningKeys({ state, keys, clock }: Azure): Promise<void> {
  await Promise.all([...state.tenants.keys()].map((tenantId) => keys.roll(tenantId, clock.now())));
}

function firstTenant({ tenants: [tenant] }: Seed): Tenant {
  if (tenant === undefined) throw new Error("the seed names no tenant to put a host into");
  return tenant;
}

function randomToken(): string {
  return randomBytes(32).toString("base64url");
}
