import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import { ServicePrincipal } from "@pulumi/azuread/servicePrincipal.js";
import * as pulumi from "@pulumi/pulumi";
import { BlobTarget, type Target } from "./blob-target.ts";

export interface ResourceTenantArgs {
  tenantId: string;
  subscriptionId: string;
  location: string;
  /** The application to let in. */
  applicationClientId: pulumi.Input<string>;
  /** Object id of the application's service principal when the tenant's admin made it. @default - made here */
  servicePrincipalObjectId?: string | undefined;
  targets: readonly { readonly name: string }[];
  /** Whether Pulumi refuses to delete storage accounts and containers. */
  protect: boolean;
  /** Names of targets that may be deleted all the same. */
  deleteTargets: readonly string[];
}

/**
 * One resource tenant's side: the service principal by which the application exists there, and its targets.
 * Needs the tenant's own azure-native provider, and its azuread provider unless the service principal is given.
 */
export class ResourceTenant extends pulumi.ComponentResource {
  /** What the site must know of each target. */
  readonly targets: readonly pulumi.Output<Target>[];

  constructor(
    name: string,
    args: ResourceTenantArgs,
    opts: pulumi.ComponentResourceOptions & { providers: pulumi.ProviderResource[] },
  ) {
    super("cross-tenant-data:index:ResourceTenant", name, {}, opts);
    const resourceGroup = new ResourceGroup(name, { location: args.location }, { parent: this });
    const principalId =
      args.servicePrincipalObjectId ?? this.#servicePrincipal(name, args.applicationClientId);
    const targets = args.targets.map(
      (target) =>
        new BlobTarget(
          target.name,
          {
            tenant: name,
            tenantId: args.tenantId,
            subscriptionId: args.subscriptionId,
            resourceGroupName: resourceGroup.name,
            principalId,
            protect: args.protect && !args.deleteTargets.includes(target.name),
          },
          { parent: this },
        ),
    );
    this.targets = targets.map((target) => target.target);
    this.registerOutputs();
  }

  // Never adopted: `useExisting` would delete on destroy what somebody else made.
  #servicePrincipal(name: string, clientId: pulumi.Input<string>): pulumi.Output<string> {
    // Without this tag the tenant's admins do not see it among the portal's enterprise applications, where they would look for it
    // to cut the site off. Not by `featureTags`, its other name: an up that goes on with an unfinished one takes those off again
    // (azuread: servicePrincipalResourceUpdate; measured).
    const tags = ["WindowsAzureActiveDirectoryIntegratedApp"];
    return new ServicePrincipal(name, { clientId, tags }, { parent: this }).objectId;
  }
}
