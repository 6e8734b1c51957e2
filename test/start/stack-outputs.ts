/** `pulumi stack output --json` of the dev stack. */
export interface StackOutputs {
  readonly applicationClientId: string;
  readonly managedIdentityClientId: string;
  readonly managedIdentityPrincipalId: string;
  readonly managedIdentityIssuer: string;
  readonly authorityHost: string;
  readonly exchangeAudience: string;
  readonly storageSuffix: string;
  readonly siteUrl: string;
  readonly targets: readonly {
    readonly name: string;
    readonly tenant: string;
    readonly tenantId: string;
    readonly blobEndpoint: string;
    readonly container: string;
  }[];
}
