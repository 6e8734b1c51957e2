import type { KeptPorts } from "../../http/kept-ports.ts";
import type { Azure } from "../../service/azure.ts";
import type { KeptSeed } from "../seed/seed.ts";
import { saveSigningKeys } from "./saved-signing-keys.ts";
import type { OwnTokens, Saved } from "./saved.ts";
import type { StateFolder } from "./state-folder.ts";

/** What a killed process may lose at most. */
const INTERVAL_MILLISECONDS = 1000;

/**
 * Saves now, and every second what has changed, until the returned function is called, which saves for the last time.
 * Rejects, as that function does, when the folder cannot be written; in between that is logged.
 */
export async function keepSaving(
  azure: Azure,
  seed: KeptSeed,
  ownTokens: OwnTokens,
  { folder, ports }: { readonly folder: StateFolder; readonly ports: KeptPorts },
  services: { save(): Pick<Saved, "blobAccounts" | "sites"> },
): Promise<() => Promise<void>> {
  const { state, certificate, keys } = azure;
  const current = async (): Promise<Saved> => ({
    seed,
    state,
    certificate,
    ownTokens,
    ports: ports.all,
    signingKeys: await saveSigningKeys(keys),
    ...services.save(),
  });
  const save = () => folder.save(current);
  await save();
  const timer = setInterval(() => {
    save().catch((error: unknown) => azure.log("state-not-saved", { error: String(error) }));
  }, INTERVAL_MILLISECONDS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return save();
  };
}
