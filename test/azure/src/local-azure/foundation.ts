import { randomBytes, X509Certificate } from "node:crypto";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type Certificate, createCertificate, writeCaFile } from "../http/certificate.ts";
import { KeptPorts } from "../http/kept-ports.ts";
import { type Azurite, startAzurite } from "../storage/azurite/azurite.ts";
import { createSigningKeys, type SigningKeys } from "../world/signing-keys.ts";
import { emptyState, type State } from "../world/state.ts";
import { restoreSigningKeys } from "./persistence/saved-signing-keys.ts";
import type { OwnTokens } from "./persistence/saved.ts";
import { StateFolder } from "./persistence/state-folder.ts";
import type { KeptSeed } from "./seed/seed.ts";

/** What the services of a local Azure stand on: made anew, or as a folder has kept it. */
export interface Foundation {
  readonly state: State;
  readonly keys: SigningKeys;
  readonly certificate: Certificate;
  readonly caFile: string;
  readonly ownTokens: OwnTokens;
  /** Stores the blobs, in memory unless they are to be kept. */
  readonly azurite: Azurite;
  /** Present when everything is to be kept. */
  readonly kept?: { readonly folder: StateFolder; readonly ports: KeptPorts };
  /** Ends Azurite, deletes what is not kept, and lets go of what is. */
  end(): Promise<void>;
}

/** Lays it for a seed, or goes on with what `directory` has. Throws as StateFolder.open does. */
export async function layFoundation(seed: KeptSeed, directory?: string): Promise<Foundation> {
  const issuers = [...seed.tenants.map(({ tenantId }) => tenantId), "github"];
  if (directory === undefined) {
    const certificate = await createCertificate();
    const caFile = await writeCaFile(certificate);
    const removeCaFile = () => rm(dirname(caFile), { recursive: true, force: true });
    const slow = Promise.all([createSigningKeys(issuers), startAzurite()]);
    const [keys, azurite] = await slow.catch(async (error: unknown) => {
      await removeCaFile();
      throw error;
    });
    const end = () => azurite.close().then(removeCaFile);
    return { state: emptyState(), keys, certificate, caFile, ownTokens: newTokens(), azurite, end };
  }
  const folder = await StateFolder.open(directory, seed);
  try {
    const { saved } = folder;
    const certificate = await currentCertificate(saved?.certificate);
    const caFile = await writeCaFile(certificate, folder.path);
    const [keys, azurite] = await Promise.all([
      saved ? restoreSigningKeys(saved.signingKeys) : createSigningKeys(issuers),
      startAzurite(folder.blobs),
    ]);
    return {
      state: saved?.state ?? emptyState(),
      keys,
      certificate,
      caFile,
      ownTokens: saved?.ownTokens ?? newTokens(),
      azurite,
      kept: { folder, ports: new KeptPorts(saved?.ports) },
      end: () => azurite.close().then(() => folder.close()),
    };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** The one that was kept while it has a day to go, so that nothing that trusts it fails within a working day. */
async function currentCertificate(kept: Certificate | undefined): Promise<Certificate> {
  if (kept === undefined) return createCertificate();
  // TLS clients judge validity by the machine's clock, never by the injected one.
  const tomorrow = Date.now() + 24 * 3_600_000;
  return new X509Certificate(kept.chain).validToDate.getTime() > tomorrow
    ? kept
    : createCertificate();
}

function newTokens(): OwnTokens {
  return { oidc: randomToken(), control: randomToken() };
}

function randomToken(): string {
  return randomBytes(32).toString("base64url");
}
