import * as pulumi from "@pulumi/pulumi";
import { connect } from "./connect.ts";
import { HomeSite } from "./home-site.ts";
import { MultitenantApplication } from "./multitenant-application.ts";
import { ResourceTenant } from "./resource-tenant.ts";
import { allTargets, cloudSettings } from "./site-settings.ts";

const { config, cloud, home, managed, external } = await connect();
const { allowedClientAddresses, deleteTargets, protect } = config;

// Home tenant: the application that resource tenants let in. A stack without a home side is given its client id.
const application =
  home &&
  new MultitenantApplication(
    "application",
    {
      displayName: `${pulumi.getProject()} ${pulumi.getStack()}`,
      owners: home.tenant.applicationOwners,
      protect,
    },
    { provider: home.entra },
  );
const clientId = application?.clientId ?? pulumi.output(config.applicationClientId ?? "");

// Each resource tenant: the application's service principal, and its role on each target.
const tenants = managed.map(
  ({ tenant, azure, entra }) =>
    new ResourceTenant(
      tenant.name,
      { ...tenant, applicationClientId: clientId, protect, deleteTargets },
      { providers: entra === undefined ? [azure] : [azure, entra] },
    ),
);

export const targets = allTargets(
  tenants.flatMap((tenant) => tenant.targets),
  external,
);
export const applicationClientId = clientId;
export const { authorityHost, exchangeAudience, storageSuffix } = cloudSettings(cloud);

// Home tenant: the site, the identity it runs with, and the application's trust in that identity.
const site =
  home &&
  application &&
  new HomeSite(
    "site",
    { ...home, cloud, application, targets, allowedClientAddresses, protect },
    { providers: [home.azure, home.entra] },
  );

export const managedIdentityClientId = site?.managedIdentityClientId;
export const managedIdentityPrincipalId = site?.managedIdentityPrincipalId;
export const managedIdentityIssuer = home?.issuer;
export const siteUrl = site?.siteUrl;
