import { blobEndpointProblem } from "./blob-endpoint.ts";
import { addressRanges, asList, optionalGuid, type Fields } from "./fields.ts";
import type { Problems } from "./problems.ts";
import {
  homeTenant,
  resourceTenant,
  type ExternalTenant,
  type HomeTenant,
  type ManagedTenant,
} from "./tenants.ts";

export const ENVIRONMENTS = ["public", "usgovernment", "china"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

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
        : optionalGuid(raw, "applicationClientId", "cross-tenant-data", problems),
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
  checkSides(config, problems);
  checkUnique(config, tenants, problems);
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
      if (target.blobEndpoint === "") continue; // noted already: it is not a text
      const problem = blobEndpointProblem(target.blobEndpoint, storageSuffix);
      const key = `resourceTenants ${tenant.name}, target ${target.name}, blobEndpoint`;
      if (problem !== undefined) problems.add(key, target.blobEndpoint, problem);
    }
  }
}

function checkSides(config: StackConfig, problems: Problems): void {
  const { home, applicationClientId, managedTenants, externalTenants } = config;
  if (home === undefined && applicationClientId === undefined) {
    problems.add(
      "homeTenant",
      undefined,
      "set it, or applicationClientId for a customer's side alone",
    );
  }
  if (home !== undefined && applicationClientId !== undefined) {
    const advice = "is for a stack without a home side; leave out either it or homeTenant";
    problems.add("applicationClientId", applicationClientId, advice);
  }
  if (home === undefined && managedTenants.length === 0) {
    problems.add(
      "resourceTenants",
      [],
      "a stack without a home side needs a managed resource tenant",
    );
  }
  if (home === undefined && externalTenants.length > 0) {
    const names = externalTenants.map((tenant) => tenant.name);
    problems.add(
      "resourceTenants",
      names,
      "external tenants are settings of a site; they need homeTenant",
    );
  }
}

function checkUnique(
  config: StackConfig,
  tenants: readonly (ManagedTenant | ExternalTenant)[],
  problems: Problems,
): void {
  const targets = tenants.flatMap((tenant) =>
    tenant.targets.map((target) => (typeof target === "string" ? target : target.name)),
  );
  const repeated = (key: string, values: readonly string[], advice: string) => {
    const twice = values.filter((value, index) => value !== "" && values.indexOf(value) < index);
    for (const value of new Set(twice)) problems.add(key, value, advice);
  };
  repeated(
    "resourceTenants name",
    tenants.map((t) => t.name),
    "is used twice; names must be unique",
  );
  repeated(
    "resourceTenants target",
    targets,
    "is used twice; target names are unique in the stack",
  );
  const ids = tenants.map((tenant) => tenant.tenantId);
  repeated(
    "resourceTenants tenantId",
    ids,
    "is used twice; give one tenant several targets instead",
  );
  if (
    config.home !== undefined &&
    config.home.tenantId !== "" &&
    ids.includes(config.home.tenantId)
  ) {
    const advice = "is the home tenant; a resource tenant must be another tenant";
    problems.add("resourceTenants tenantId", config.home.tenantId, advice);
  }
}

function environment(value: unknown, problems: Problems): Environment {
  const known = ENVIRONMENTS.find((name) => name === value);
  if (known === undefined)
    problems.add("environment", value, `must be one of ${ENVIRONMENTS.join(", ")}`);
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
