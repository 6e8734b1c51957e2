import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { AppPackage } from "./app-package.ts";
import type { Target } from "./blob-target.ts";
import { tokenIssuer } from "./cloud.ts";
import type { Cloud } from "./clouds.ts";
import type { HomeTenant } from "./config/tenants.ts";
import { FederatedIdentity } from "./federated-identity.ts";
import type { MultitenantApplication } from "./multitenant-application.ts";
import { buildPackage } from "./package/build-package.ts";
import { cloudSettings, siteSettings } from "./site-settings.ts";
import { WebHost } from "./web-host.ts";

export interface HomeSiteArgs {
  tenant: HomeTenant;
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
        issuer: pulumi.output(tokenIssuer(cloud, tenant.tenantId)),
        audience: cloud.exchangeAudience,
        protect,
      },
      parent,
    );
    const settings = siteSettings({
      applicationClientId: application.clientId,
      managedIdentityClientId: identity.clientId,
      managedIdentityPrincipalId: identity.principalId,
      targets: args.targets,
      ...cloudSettings(cloud),
    });
    const { allowedClientAddresses } = args;
    const { identityId } = identity;
    const host = new WebHost(
      name,
      { resourceGroupName, identityId, settings, allowedClientAddresses },
      parent,
    );
    new AppPackage(
      `${name}-package`,
      {
        siteId: host.siteId,
        packageHash: buildPackage(process.cwd()).then((built) => built.hash),
        deployer: deployer(tenant, cloud),
      },
      parent,
    );
    this.managedIdentityClientId = identity.clientId;
    this.managedIdentityPrincipalId = identity.principalId;
    this.siteUrl = host.siteUrl;
    this.registerOutputs({
      managedIdentityClientId: this.managedIdentityClientId,
      managedIdentityPrincipalId: this.managedIdentityPrincipalId,
      siteUrl: this.siteUrl,
    });
  }
}

function deployer(tenant: HomeTenant, cloud: Cloud) {
  return {
    tenantId: tenant.tenantId,
    subscriptionId: tenant.subscriptionId,
    clientId: tenant.deployerClientId ?? "",
    loginEndpoint: cloud.loginEndpoint,
    resourceManager: cloud.resourceManager,
  };
}
