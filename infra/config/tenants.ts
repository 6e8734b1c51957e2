import { externalTenant, type ExternalTenant } from "./external-tenant.ts";
import {
  asFields,
  asList,
  closed,
  guid,
  location,
  name,
  optionalGuid,
  type Fields,
} from "./fields.ts";
import type { Problems } from "./problems.ts";

/** A tenant this stack deploys to, and who signs in there. */
export interface DeployedTenant {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly location: string;
  /** Client id of the deployer's application; set when signing in by OIDC. */
  readonly deployerClientId: string | undefined;
}

export interface HomeTenant extends DeployedTenant {
  /** Object ids of the application's owners. */
  readonly applicationOwners: readonly string[];
}

/** A resource tenant whose side this stack makes. */
export interface ManagedTenant extends DeployedTenant {
  readonly name: string;
  /** Object id of a service principal that the tenant's admin made; never changed or deleted here. */
  readonly servicePrincipalObjectId: string | undefined;
  /** Names of its targets. */
  readonly targets: readonly string[];
}

const DEPLOYED = ["tenantId", "subscriptionId", "location", "deployerClientId"];

/** Reads `homeTenant`. */
export function homeTenant(value: unknown, problems: Problems, oidc: boolean): HomeTenant {
  const key = "homeTenant";
  const fields = asFields(value, key, problems);
  closed(fields, key, [...DEPLOYED, "applicationOwners"], problems);
  const owners = asList(fields["applicationOwners"] ?? [], `${key}.applicationOwners`, problems);
  const applicationOwners = owners.map((owner, index) =>
    guid(owner, `${key}.applicationOwners[${index}]`, problems),
  );
  return { ...deployedTenant(fields, key, problems, oidc), applicationOwners };
}

/** Reads one entry of `resourceTenants`: external when it has a field only external targets have. */
export function resourceTenant(
  value: unknown,
  key: string,
  problems: Problems,
  oidc: boolean,
): ManagedTenant | ExternalTenant {
  const fields = asFields(value, key, problems);
  const targets = asList(fields["targets"], `${key}.targets`, problems).map((target, index) =>
    asFields(target, `${key}.targets[${index}]`, problems),
  );
  if (Array.isArray(fields["targets"]) && targets.length === 0) {
    problems.add(`${key}.targets`, [], "must name a target");
  }
  const external = targets.some((target) => "blobEndpoint" in target || "container" in target);
  const managed = [...DEPLOYED.slice(1), "servicePrincipalObjectId"].filter((f) => f in fields);
  if (external && managed.length > 0) {
    const advice = `is for managed tenants; leave out ${managed.join(", ")}, or the targets' blobEndpoint and container`;
    problems.add(`${key}.${managed[0]}`, fields[managed[0] ?? ""], advice);
  }
  return external && managed.length === 0
    ? externalTenant(fields, targets, key, problems)
    : managedTenant(fields, targets, key, problems, oidc, external);
}

function managedTenant(
  fields: Fields,
  targets: readonly Fields[],
  key: string,
  problems: Problems,
  oidc: boolean,
  mixed: boolean,
): ManagedTenant {
  closed(fields, key, ["name", ...DEPLOYED, "servicePrincipalObjectId", "targets"], problems);
  const targetFields = mixed ? ["name", "blobEndpoint", "container"] : ["name"];
  return {
    name: name(fields, key, problems),
    ...deployedTenant(fields, key, problems, oidc),
    servicePrincipalObjectId: optionalGuid(
      fields["servicePrincipalObjectId"],
      `${key}.servicePrincipalObjectId`,
      problems,
    ),
    targets: targets.map((target, index) => {
      closed(target, `${key}.targets[${index}]`, targetFields, problems);
      return name(target, `${key}.targets[${index}]`, problems);
    }),
  };
}

function deployedTenant(
  fields: Fields,
  key: string,
  problems: Problems,
  oidc: boolean,
): DeployedTenant {
  const deployer = fields["deployerClientId"];
  const deployerClientId = optionalGuid(deployer, `${key}.deployerClientId`, problems);
  if (oidc && deployer === undefined) {
    const advice =
      "is needed to sign in by OIDC; set it to the client id of the tenant's deployer application";
    problems.add(`${key}.deployerClientId`, undefined, advice);
  }
  return {
    tenantId: guid(fields["tenantId"], `${key}.tenantId`, problems),
    subscriptionId: guid(fields["subscriptionId"], `${key}.subscriptionId`, problems),
    location: location(fields, key, problems),
    deployerClientId,
  };
}
