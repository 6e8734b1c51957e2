import { environments, type Environment } from "../clouds.ts";
import { blobEndpointProblem, shownEndpoint } from "./blob-endpoint.ts";
import { checkConsistency } from "./check-consistency.ts";
import type { ExternalTenant } from "./external-tenant.ts";
import { addressRanges, asList, guid, type Fields } from "./fields.ts";
import type { Problems } from "./problems.ts";
import { homeTenant, resourceTenant, type HomeTenant, type ManagedTenant } from "./tenants.ts";

/** The stack's configuration, checked. */
export interface StackConfig {
  readonly home: HomeTenant | undefined;
  /** In a stack without a home side: the application its service principals belong to. */
  readonly applicationClientId: string | undefined;
  readonly managedTenants: readonly ManagedTenant[];
  readonly externalTenants: readonly ExternalTenant[];
  readonly environment: Environment;
  /** `host[:port]` of a custom cloud's metadata. */
  readonly metadataHost: string | undefined;
  readonly protect: boolean;
  readonly allowedClientAddresses: readonly string[];
}

/** The configuration as the Pulumi CLI gives it, every declared key present. */
export type RawConfig = Fields & { readonly protect: boolean };

/** Checks the whole configuration; what is wrong goes into `problems`, and then the result is not to be used. */
export function stackConfig(
  raw: RawConfig,
  metadataHostVariable: string | undefined,
  oidc: boolean,
  problems: Problems,
): StackConfig {
  const tenants = asList(raw["resourceTenants"], "resourceTenants", problems).map((entry, index) =>
    resourceTenant(entry, `resourceTenants[${index}]`, problems, oidc),
  );
  const config: StackConfig = {
    home: isEmpty(raw["homeTenant"]) ? undefined : homeTenant(raw["homeTenant"], problems, oidc),
    applicationClientId:
      raw["applicationClientId"] === ""
        ? undefined
        : guid(raw["applicationClientId"], "applicationClientId", problems),
    managedTenants: tenants.filter(isManaged),
    externalTenants: tenants.filter((tenant): tenant is ExternalTenant => !isManaged(tenant)),
    environment: environment(raw["environment"], problems),
    metadataHost: metadataHost(raw["metadataHost"], metadataHostVariable, problems),
    protect: raw.protect,
    allowedClientAddresses: addressRanges(
      raw["allowedClientAddresses"],
      "allowedClientAddresses",
      problems,
    ),
  };
  checkConsistency(config, problems);
  return config;
}

/** Notes each external target whose address is not on the cloud's storage suffix. */
export function checkBlobEndpoints(
  config: StackConfig,
  storageSuffix: string,
  problems: Problems,
): void {
  for (const tenant of config.externalTenants) {
    for (const target of tenant.targets) {
      if (target.blobEndpoint === "") continue; // noted already: it is not a text or empty
      const problem = blobEndpointProblem(target.blobEndpoint, storageSuffix);
      const key = `resourceTenants ${tenant.name}, target ${target.name}, blobEndpoint`;
      if (problem !== undefined) problems.add(key, shownEndpoint(target.blobEndpoint), problem);
    }
  }
}

function environment(value: unknown, problems: Problems): Environment {
  const known = environments.find((name) => name === value);
  if (known === undefined)
    problems.add("environment", value, `must be one of ${environments.join(", ")}`);
  return known ?? "public";
}

function metadataHost(
  configured: unknown,
  variable: string | undefined,
  problems: Problems,
): string | undefined {
  const host = configured === "" ? variable : String(configured);
  if (variable !== undefined && host !== variable) {
    const advice = `differs from ARM_METADATA_HOSTNAME, which is ${JSON.stringify(variable)}; set one of them`;
    problems.add("metadataHost", configured, advice);
  }
  if (host !== undefined && !/^[a-z0-9.-]+(:[0-9]{1,5})?$/i.test(host)) {
    problems.add("metadataHost", host, "must be host or host:port, without https://");
  }
  return host;
}

function isManaged(tenant: ManagedTenant | ExternalTenant): tenant is ManagedTenant {
  return "subscriptionId" in tenant;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
