import { Traffic } from "../http/traffic.ts";
import type { Azure } from "../service/azure.ts";
import { type Clock, systemClock } from "../world/clock.ts";
import type { Tenant } from "../world/directory-records.ts";
import { type Endpoints, unknownEndpoints } from "../world/endpoints.ts";
import type { State } from "../world/state.ts";
import { type Connection, connectionOf } from "./connection.ts";
import type { HostEnvironment } from "./control/host-environment.ts";
import { type Foundation, layFoundation } from "./foundation.ts";
import { logToStderr } from "./log-to-stderr.ts";
import { keepSaving } from "./persistence/keep-saving.ts";
import type { PlantedHost } from "./seed/plant-host.ts";
import { type PlantedOwner, plantOwners } from "./seed/plant-owners.ts";
import { plantBuiltInRoles, plantSeed } from "./seed/plant-seed.ts";
import type { Seed } from "./seed/seed.ts";
import { type Services, startServices } from "./start-services.ts";

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
  /** Puts an application with every right into each tenant. */
  plantOwners(): PlantedOwner[];
  /** Signs every tenant's tokens with a new key from now on; the keys before stay published for a day. */
  rollSigningKeys(): Promise<void>;
  /** Back to the seed; the services' addresses, keys and certificate stay. */
  reset(): Promise<void>;
  /** Ends every service and every process it started. */
  close(): Promise<void>;
}

/** In what a local Azure may differ from the one that `npm run azure` starts. */
export interface LocalAzureOptions extends Pick<
  Azure,
  "tokenLifetimes" | "consistencyDelaySeconds" | "azureWaits" | "blobAddresses" | "vaultAddresses"
> {
  /** @default the system's */
  readonly clock?: Clock;
  /** @default to stderr */
  readonly log?: Azure["log"];
  /** Folder in which everything outlives `close()`, so that a start with the same seed goes on with it. @default none */
  readonly stateFolder?: string;
}

/**
 * Starts the local Azure on loopback ports that the system chooses, or that its state folder names. Throws for a folder
 * that is in use, damaged, or of another version or seed, and for a port of its that is taken.
 */
export async function startLocalAzure(
  seed: Seed,
  { stateFolder, ...options }: LocalAzureOptions = {},
): Promise<LocalAzure> {
  const { roles: _roles, ...keptSeed } = seed;
  const foundation = await layFoundation(keptSeed, stateFolder);
  const { kept, ownTokens, azurite } = foundation;
  const { azure, listening } = assemble(foundation, options);
  const starting = startServices(azure, ownTokens, azurite, kept?.folder, listening);
  const services = await starting.catch(async (error: unknown) => {
    await foundation.end();
    throw error;
  });
  let saveLast: (() => Promise<void>) | undefined;
  const close = async () => {
    await services.stopListening();
    try {
      await saveLast?.();
    } finally {
      await services.close();
      await foundation.end();
    }
  };
  try {
    if (kept?.folder.saved === undefined) plantSeed(azure, seed);
    else plantBuiltInRoles(azure.state);
    if (kept !== undefined) saveLast = await keepSaving(azure, keptSeed, ownTokens, kept, services);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...handleOf(azure, seed, services),
    connection: connectionOf(azure, seed, ownTokens, services.proxy),
    close,
  };
}

/** The handle but for what depends on how it was started. */
function handleOf(
  azure: Azure,
  seed: Seed,
  services: Services,
): Omit<LocalAzure, "connection" | "close"> {
  const { state, traffic, caFile, endpoints } = azure;
  return {
    endpoints,
    caFile,
    state,
    traffic,
    hostEnvironment: services.hostEnvironment,
    plantHost: () => services.plantHost(firstTenant(seed)),
    plantOwners: () => plantOwners(azure),
    rollSigningKeys: () => rollSigningKeys(azure),
    async reset() {
      await services.reset();
      traffic.reset();
      await traffic.faults.settled;
      for (const store of Object.values(state)) store.clear();
      plantSeed(azure, seed);
    },
  };
}

/** What the services are built from; `listening` makes an origin known to all of them. */
function assemble(
  { state, keys, certificate, caFile, kept }: Foundation,
  { clock = systemClock, log = logToStderr, ...settings }: LocalAzureOptions,
): { azure: Azure; listening: (service: keyof Endpoints, origin: string) => void } {
  const endpoints = { ...unknownEndpoints };
  const made = { clock, log, traffic: new Traffic(), endpoints, ...settings };
  const laid = { state, keys, certificate, caFile, ...(kept && { ports: kept.ports }) };
  return { azure: { ...made, ...laid }, listening: (name, origin) => (endpoints[name] = origin) };
}

async function rollSigningKeys({ state, keys, clock }: Azure): Promise<void> {
  await Promise.all([...state.tenants.keys()].map((tenantId) => keys.roll(tenantId, clock.now())));
}

function firstTenant({ tenants: [tenant] }: Seed): Tenant {
  if (tenant === undefined) throw new Error("the seed names no tenant to put a host into");
  return tenant;
}
