import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Azure, Endpoints } from "./azure.ts";
import { createCertificate, writeCaFile } from "./certificate.ts";
import { systemClock, type Clock } from "./clock.ts";
import { connectionOf, type Connection } from "./connection.ts";
import { createSigningKeys } from "./entra/signing-keys.ts";
import { Traffic } from "./faults.ts";
import { logToStderr } from "./log-to-stderr.ts";
import { plantSeed } from "./plant-seed.ts";
import type { Seed } from "./seed.ts";
import { startServices } from "./start-services.ts";
import { emptyState, type State } from "./state.ts";

/** A running local Azure. `state` and `traffic` are for tests to look at and to put faults into. */
export interface LocalAzure {
  readonly endpoints: Endpoints;
  readonly caFile: string;
  readonly connection: Connection;
  readonly state: State;
  readonly traffic: Traffic;
  /** Back to the seed; addresses, keys and certificate stay. */
  reset(): Promise<void>;
  /** Ends every service and every process it started. */
  close(): Promise<void>;
}

/** Starts the local Azure on loopback ports that the system chooses, by the system's clock and logging to stderr by default. */
export async function startLocalAzure(
  seed: Seed,
  { clock = systemClock, log = logToStderr }: { clock?: Clock; log?: Azure["log"] } = {},
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
    oidc: "",
  };
  const [state, traffic] = [emptyState(), new Traffic()];
  const azure: Azure = { clock, state, keys, traffic, certificate, caFile, endpoints, log };
  const requestToken = randomBytes(32).toString("base64url");
  const forgetCa = () => rm(dirname(caFile), { recursive: true, force: true });
  const services = await startServices(azure, requestToken, (name, origin) => {
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
  const connection = connectionOf(azure, seed, requestToken);
  const reset = async () => {
    await services.reset();
    traffic.reset();
    for (const store of Object.values(state)) store.clear();
    await plantSeed(azure, seed);
  };
  return { endpoints, caFile, connection, state, traffic, reset, close };
}
