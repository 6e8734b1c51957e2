import type { AppService } from "../../app-service/app-service.ts";
import type { InstanceMetadata } from "../../instance-metadata/instance-metadata.ts";
import type { Azure } from "../../service/azure.ts";

/** There is no site and no virtual machine with this id. */
export class NoSuchHost extends Error {}

/** The environment variables of a host that managed identity clients read, by the host's resource id. */
export type HostEnvironment = (resourceId: string) => Promise<Record<string, string>>;

/**
 * What makes any program on this machine a host with managed identities: a site's identity endpoint, or a virtual
 * machine's instance metadata service, whose address official clients take from AZURE_POD_IDENTITY_AUTHORITY_HOST. Throws
 * NoSuchHost.
 */
export function createHostEnvironment(
  { state }: Azure,
  appService: AppService,
  instanceMetadata: InstanceMetadata,
): HostEnvironment {
  return async (resourceId) => {
    const host = state.resources.get(resourceId.toLowerCase());
    if (host?.type === "Microsoft.Web/sites")
      return { ...(await appService.identitySettings(host.id)) };
    if (host?.type === "Microsoft.Compute/virtualMachines")
      return { AZURE_POD_IDENTITY_AUTHORITY_HOST: await instanceMetadata.origin(host.id) };
    throw new NoSuchHost(
      `no host "${resourceId}"; name a Microsoft.Web/sites or Microsoft.Compute/virtualMachines that exists, by its id`,
    );
  };
}
