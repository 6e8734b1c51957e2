import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { AppPackage, type AppPackageArgs } from "./app-package.ts";
import type { Target } from "./blob-target.ts";
import type { Cloud } from "./clouds.ts";
import type { HomeTenant } from "./config/stack-config.ts";
import { FederatedIdentity } from "./federated-identity.ts";
import type { MultitenantApplication } from "./multitenant-application.ts";
import { cloudSettings, siteSettings } from "./site-settings.ts";
import { WebHost } from "./web-host.ts";

export interface HomeSiteArgs {
  tenant: HomeTenant;
  /** Issuer of the tenant's managed-identity tokens. */
  issuer: string;
  /** Hash of the site's package. */
  packageHash: string;
  cloud: Cloud;
  /** The application that shall trust the site's identity. */
  application: MultitenantApplication;
  /** Every target of the stack. */
  targets: pulumi.Input<readonly Target[]>;
  /** Address ranges that may reach the site. */
  allowedClientAddresses: readonly string[];
  /** Whether Pulumi refuses to delete the identity. */
  protect: boolean;
}

const NOBODY =
  "allowedClientAddresses is empty, so nobody can open the site; add your address, such as 203.0.113.7/32";

/** The home tenant's running part: the site with its code, its identity, and the application's trust in it. */
export class HomeSite extends pulumi.ComponentResource {
  readonly managedIdentityClientId: pulumi.Output<string>;
  readonly managedIdentityPrincipalId: pulumi.Output<string>;
  readonly siteUrl: pulumi.Output<string>;

  constructor(
    name: string,
    args: HomeSiteArgs,
    opts: pulumi.ComponentResourceOptions & { providers: pulumi.ProviderResource[] },
  ) {
    super("cross-tenant-data:index:HomeSite", name, {}, opts);
    const { application, cloud, protect, tenant } = args;
    const parent = { parent: this };
    const group = new ResourceGroup("home", { location: tenant.location }, parent);
    const resourceGroupName = group.name;
    const identity = new FederatedIdentity(
      `${name}-identity`,
      {
        resourceGroupName,
        applicationId: application.applicationId,
        issuer: args.issuer,
        audience: cloud.exchangeAudience,
        protect,
      },
      parent,
    );
    const { allowedClientAddresses, targets } = args;
    if (allowedClientAddresses.length === 0) void pulumi.log.warn(NOBODY, this);
    const { identityId, clientId, principalId } = identity;
    const settings = siteSettings({
      applicationClientId: application.clientId,
      managedIdentityClientId: clientId,
      managedIdentityPrincipalId: principalId,
      managedIdentityIssuer: args.issuer,
      targets,
      ...cloudSettings(cloud),
    });
    const host = new WebHost(
      name,
      { resourceGroupName, identityId, settings, allowedClientAddresses },
      parent,
    );
    new AppPackage(`${name}-package`, packageArgs(host.siteId, args), parent);
    this.managedIdentityClientId = clientId;
    this.managedIdentityPrincipalId = principalId;
    this.siteUrl = host.siteUrl;
    this.registerOutputs({
      managedIdentityClientId: this.managedIdentityClientId,
      managedIdentityPrincipalId: this.managedIdentityPrincipalId,
      siteUrl: this.siteUrl,
    });
  }
}

function packageArgs(siteId: pulumi.Input<string>, args: HomeSiteArgs): AppPackageArgs {
  const { tenantId, subscriptionId, deployerClientId: clientId = "" } = args.tenant;
  const { loginEndpoint, resourceManager } = args.cloud;
  return {
    siteId,
    packageHash: args.packageHash,
    deployer: { tenantId, subscriptionId, clientId, loginEndpoint, resourceManager },
  };
}
