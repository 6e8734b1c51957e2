import * as pulumi from "@pulumi/pulumi";
import type { Target } from "./blob-target.ts";
import type { Cloud } from "./clouds.ts";
import type { ExternalTenant } from "./config/stack-config.ts";

/** What the site needs to know; the stack's outputs are the same values. */
export interface SiteConfiguration {
  applicationClientId: pulumi.Input<string>;
  managedIdentityClientId: pulumi.Input<string>;
  managedIdentityPrincipalId: pulumi.Input<string>;
  managedIdentityIssuer: string;
  authorityHost: string;
  exchangeAudience: string;
  storageSuffix: string;
  targets: pulumi.Input<readonly Target[]>;
}

/** The app settings: a fixed number of them, however many tenants there are. */
export function siteSettings(site: SiteConfiguration): Record<string, pulumi.Input<string>> {
  return {
    APPLICATION_CLIENT_ID: site.applicationClientId,
    AUTHORITY_HOST: site.authorityHost,
    EXCHANGE_AUDIENCE: site.exchangeAudience,
    MANAGED_IDENTITY_CLIENT_ID: site.managedIdentityClientId,
    MANAGED_IDENTITY_ISSUER: site.managedIdentityIssuer,
    MANAGED_IDENTITY_PRINCIPAL_ID: site.managedIdentityPrincipalId,
    SCM_DO_BUILD_DURING_DEPLOYMENT: "false",
    STORAGE_SUFFIX: site.storageSuffix,
    TARGETS: pulumi.jsonStringify(site.targets),
  };
}

/** Every target of the stack, sorted by name so that their order in the configuration never matters. */
export function allTargets(
  managed: readonly pulumi.Output<Target>[],
  external: readonly ExternalTenant[],
): pulumi.Output<Target[]> {
  const others = external.flatMap(({ name: tenant, tenantId, targets }) =>
    targets.map((target) => ({ ...target, tenant, tenantId, kind: "blob" as const })),
  );
  return pulumi
    .all([...managed])
    .apply((made) => [...made, ...others].sort((a, b) => (a.name < b.name ? -1 : 1)));
}

/** The part of the configuration that a cloud decides. */
export function cloudSettings(cloud: Cloud) {
  return {
    authorityHost: cloud.loginEndpoint,
    exchangeAudience: cloud.exchangeAudience,
    storageSuffix: cloud.storageSuffix,
  };
}
