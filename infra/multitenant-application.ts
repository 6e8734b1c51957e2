import { Application } from "@pulumi/azuread/application.js";
import * as pulumi from "@pulumi/pulumi";

export interface MultitenantApplicationArgs {
  /** What the customers' admins see in their tenants. */
  displayName: string;
  /** Object ids of its owners. @default - no owner, which a deployer with Application.ReadWrite.OwnedBy needs */
  owners: readonly string[];
  /** Whether Pulumi refuses to delete it. */
  protect: boolean;
}

/**
 * The application that resource tenants give access to. It asks for no permission, not even User.Read, and has
 * no secret: its only use is the exchange of a managed identity's token. The longest-lived thing of the stack,
 * because deleting it cuts off every resource tenant.
 */
export class MultitenantApplication extends pulumi.ComponentResource {
  /** Resource id, for its federated identity credentials. */
  readonly applicationId: pulumi.Output<string>;
  /** The id that resource tenants know it by. */
  readonly clientId: pulumi.Output<string>;

  constructor(
    name: string,
    args: MultitenantApplicationArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cross-tenant-data:index:MultitenantApplication", name, {}, opts);
    const application = new Application(
      name,
      {
        displayName: args.displayName,
        signInAudience: "AzureADMultipleOrgs",
        owners: [...args.owners],
        preventDuplicateNames: false,
      },
      { parent: this, protect: args.protect },
    );
    this.applicationId = application.id;
    this.clientId = application.clientId;
    this.registerOutputs({ applicationId: this.applicationId, clientId: this.clientId });
  }
}
