import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import { ApplicationFederatedIdentityCredential } from "@pulumi/azuread/applicationFederatedIdentityCredential.js";
import * as pulumi from "@pulumi/pulumi";

export interface FederatedIdentityArgs {
  resourceGroupName: pulumi.Input<string>;
  /** Resource id of the application that shall trust the identity; in the same tenant. */
  applicationId: pulumi.Input<string>;
  /** Issuer of the home tenant's tokens, as the tenant spells it. */
  issuer: pulumi.Input<string>;
  /** The cloud's token-exchange audience. */
  audience: string;
  /** Whether Pulumi refuses to delete the identity. */
  protect: boolean;
}

/**
 * A user-assigned managed identity and the credential by which an application trusts it: one thing, because a
 * credential for any other subject is a way in. Used by one host and nothing else. System-assigned identities are
 * not supported as subject.
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity
 */
export class FederatedIdentity extends pulumi.ComponentResource {
  /** Resource id, to assign it to its host. */
  readonly identityId: pulumi.Output<string>;
  readonly clientId: pulumi.Output<string>;
  readonly principalId: pulumi.Output<string>;

  constructor(name: string, args: FederatedIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cross-tenant-data:index:FederatedIdentity", name, {}, opts);
    const identity = new UserAssignedIdentity(
      name,
      { resourceGroupName: args.resourceGroupName },
      { parent: this, protect: args.protect },
    );
    new ApplicationFederatedIdentityCredential(
      `${name}-credential`,
      {
        applicationId: args.applicationId,
        displayName: name,
        issuer: args.issuer,
        subject: identity.principalId,
        audiences: [args.audience],
      },
      // Its name and its issuer with subject are unique in the application: a second one cannot be made first.
      { parent: this, deleteBeforeReplace: true },
    );
    this.identityId = identity.id;
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.registerOutputs({
      identityId: this.identityId,
      clientId: this.clientId,
      principalId: this.principalId,
    });
  }
}
