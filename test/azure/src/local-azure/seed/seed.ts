import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { derivedGuid, isGuid } from "../../base/guid.ts";
import type { Tenant } from "../../world/directory-records.ts";
import type { DeployerRoleName, DeployerRoles } from "./roles.ts";

/** What the local Azure starts with: tenants with one subscription and one deployer each. */
export interface Seed extends KeptSeed {
  /** What the deployers may do at their subscriptions. @default Owner */
  readonly roles?: DeployerRoles;
}

/** Of a seed, what a kept local Azure cannot be started without. Roles are resources in it, which may change. */
export interface KeptSeed {
  readonly tenants: readonly SeedTenant[];
  /** Client id of an application whose home tenant is not among them, for a stack that has a customer's side alone. */
  readonly foreignApplicationClientId?: string;
}

export interface SeedTenant extends Tenant {
  readonly deployer: Deployer;
}

/** The identity that deploys one tenant's side of the stack. */
export interface Deployer {
  /** Also its display name. */
  readonly role: DeployerRoleName;
  readonly clientId: string;
  /** Object id of its service principal. */
  readonly objectId: string;
  readonly graphPermissions: readonly string[];
}

type Fields = Record<string, unknown>;

/**
 * Reads the tenants of a seed from a stack config file. Throws with file, key and what is allowed when the file cannot
 * serve as a seed.
 */
export async function readSeed(file: string): Promise<Seed> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(`no seed: "${file}" cannot be read; name a stack config file`, {
      cause: error,
    });
  });
  const config = fieldsOf(parse(text))["config"];
  const values = new Map(
    Object.entries(fieldsOf(config)).map(([key, value]) => [key.split(":").at(-1), value]),
  );
  const home = values.get("homeTenant");
  const managed = listOf(values.get("resourceTenants"))
    .map(fieldsOf)
    .filter((tenant) => tenant["subscriptionId"] !== undefined);
  const tenants = [
    ...(home === undefined ? [] : [homeTenant(file, fieldsOf(home))]),
    ...managed.map((tenant, index) => resourceTenant(file, tenant, `resourceTenants[${index}]`)),
  ];
  if (tenants.length === 0) {
    throw new Error(`no seed in "${file}": it names no homeTenant and no managed resource tenant`);
  }
  for (const id of ["tenantId", "subscriptionId"] as const) {
    const ids = tenants.map((tenant) => tenant[id]);
    const twice = ids.find((value, index) => ids.indexOf(value) !== index);
    if (twice !== undefined)
      throw new Error(`${id} "${twice}" stands twice in "${file}"; each tenant has its own`);
  }
  const applicationClientId = values.get("applicationClientId");
  if (home !== undefined || typeof applicationClientId !== "string") return { tenants };
  return { tenants, foreignApplicationClientId: applicationClientId.toLowerCase() };
}

function homeTenant(file: string, fields: Fields): SeedTenant {
  const [owner] = listOf(fields["applicationOwners"]);
  const read = tenant(file, fields, "homeTenant");
  const clientId = guid(file, fields, "homeTenant", "deployerClientId");
  return {
    ...read,
    deployer: {
      role: "home-deployer",
      clientId,
      // OwnedBy reaches only what the deployer's service principal owns, so it is the first of the owners.
      objectId: typeof owner === "string" ? owner.toLowerCase() : objectId(read, clientId),
      graphPermissions: ["Application.ReadWrite.OwnedBy"],
    },
  };
}

function resourceTenant(file: string, fields: Fields, key: string): SeedTenant {
  const admitted = fields["servicePrincipalObjectId"] !== undefined;
  const read = tenant(file, fields, key);
  const clientId = guid(file, fields, key, "deployerClientId");
  return {
    ...read,
    deployer: {
      role: "resource-deployer",
      clientId,
      objectId: objectId(read, clientId),
      // Where the tenant's admin made the service principal, the deployer has no business in the directory.
      graphPermissions: admitted ? [] : ["Application.ReadWrite.All"],
    },
  };
}

/** The same at every reading, so that a kept local Azure goes on with its deployers. */
function objectId({ tenantId }: Tenant, clientId: string): string {
  return derivedGuid(`service principal of ${clientId} in ${tenantId}`);
}

function tenant(file: string, fields: Fields, key: string): Tenant {
  const { location } = fields;
  if (typeof location !== "string" || location === "")
    throw invalid(file, key, "location", location);
  return {
    tenantId: guid(file, fields, key, "tenantId"),
    subscriptionId: guid(file, fields, key, "subscriptionId"),
    location,
  };
}

function guid(file: string, fields: Fields, key: string, name: string): string {
  const value = fields[name];
  if (typeof value === "string" && isGuid(value)) return value.toLowerCase();
  throw invalid(file, key, name, value);
}

function invalid(file: string, key: string, name: string, value: unknown): Error {
  const allowed = name === "location" ? "an Azure region such as westeurope" : "a GUID";
  const given = value === undefined ? "missing" : JSON.stringify(value);
  return new Error(
    `${key}.${name} in "${file}" is ${given}; the local Azure needs ${allowed} to seed from`,
  );
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
