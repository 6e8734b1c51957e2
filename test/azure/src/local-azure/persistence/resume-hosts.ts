import type { AppService } from "../../app-service/app-service.ts";
import {
  type InstanceMetadata,
  machineListener,
} from "../../instance-metadata/instance-metadata.ts";
import type { KeyVault } from "../../key-vault/key-vault.ts";
import type { Azure } from "../../service/azure.ts";
import { finishDeletions } from "./finish-deletions.ts";
import type { Saved } from "./saved.ts";

/** The services that listen for single resources. */
export interface HostServices {
  readonly appService: AppService;
  readonly instanceMetadata: InstanceMetadata;
  readonly keyVault: KeyVault;
}

/** Ends interrupted deletions, opens what sites, virtual machines and vaults had open, and runs the sites' packages again. */
export async function resumeHosts(
  azure: Azure,
  { appService, instanceMetadata, keyVault }: HostServices,
  saved: Saved,
): Promise<void> {
  const { state, ports } = azure;
  await finishDeletions(azure, appService);
  for (const [id, resource] of state.resources) {
    if (resource.type === "Microsoft.Web/sites")
      await appService.applySite(resource, saved.sites.get(id));
    if (resource.type === "Microsoft.Compute/virtualMachines" && ports?.has(machineListener(id)))
      await instanceMetadata.origin(id);
    if (resource.type === "Microsoft.KeyVault/vaults") await keyVault.open(resource.name);
  }
  for (const { vault } of state.deletedVaults.values()) await keyVault.open(vault.name);
}
