import * as v from "valibot";
import { blobEndpoint, closed, container, guid, list, name, text } from "./fields.ts";

/** A tenant this stack deploys to, and who signs in there. */
function deployed(oidc: boolean) {
  const needed =
    "is needed to sign in by OIDC; set it to the client id of the tenant's deployer application";
  return {
    tenantId: guid,
    subscriptionId: guid,
    location: text(/^[a-z][a-z0-9]+$/, "must be an Azure region's short name such as westeurope"),
    /** Client id of the deployer's application; set when signing in by OIDC. */
    deployerClientId: oidc ? v.pipe(v.string(needed), guid) : v.optional(guid),
  };
}

export function homeTenant(oidc: boolean) {
  /** Object ids of the application's owners. */
  const applicationOwners = v.optional(list(guid), []);
  return closed({ ...deployed(oidc), applicationOwners });
}

// A first look at what has to differ across the configuration; what will be refused anyway is not seen.
const seenName = v.fallback(v.optional(name), undefined);
const seenId = v.fallback(v.optional(guid), undefined);
const seenTarget = v.fallback(v.looseObject({ name: seenName }), {});
const seenTargets = v.fallback(v.array(seenTarget), []);
const seenTenant = v.looseObject({ name: seenName, tenantId: seenId, targets: seenTargets });
const seenConfig = v.object({
  homeTenant: v.fallback(v.optional(v.looseObject({ tenantId: seenId })), {}),
  resourceTenants: v.fallback(v.array(v.fallback(seenTenant, { targets: [] })), []),
});

const once = (all: readonly unknown[], advice: string) =>
  v.check((value: string) => all.indexOf(value) === all.lastIndexOf(value), advice);

const isExternalTarget = (target: object) => "blobEndpoint" in target || "container" in target;

const targetsOf = <const T extends v.ObjectEntries>(target: T) =>
  v.pipe(list(closed(target)), v.minLength(1, "must name a target"));

/** What the two kinds of resource tenant consist of, and a target of either. */
export function tenantKinds(given: unknown, oidc: boolean, storageSuffix: string | undefined) {
  const { homeTenant: home, resourceTenants: tenants } = v.parse(seenConfig, given);
  const homeId = home?.tenantId ?? "";
  const names = tenants.map((tenant) => tenant.name);
  const ids = tenants.map((tenant) => tenant.tenantId);
  const targetNames = tenants.flatMap(({ targets }) => targets.map((target) => target.name));

  const uniqueName = v.pipe(name, once(names, "is used twice; names must be unique"));
  const tenantId = v.pipe(
    guid,
    v.notValue(homeId, "is the home tenant; a resource tenant must be another tenant"),
    once(ids, "is used twice; give one tenant several targets instead"),
  );
  const target = {
    name: v.pipe(name, once(targetNames, "is used twice; target names are unique in the stack")),
  };
  /** A resource tenant whose side this stack makes. */
  const managed = {
    name: uniqueName,
    ...deployed(oidc),
    tenantId,
    /** Object id of a service principal that the tenant's admin made; never changed or deleted here. */
    servicePrincipalObjectId: v.optional(guid),
    targets: targetsOf(target),
  };
  const needsHome = "external tenants are settings of a site; they need homeTenant";
  /** A resource tenant that somebody else made: only settings of the site. */
  const external = {
    name: home === undefined ? v.never(needsHome) : uniqueName,
    tenantId,
    targets: targetsOf({ ...target, blobEndpoint: blobEndpoint(storageSuffix), container }),
  };
  return { target, managed, external };
}

/** An entry of `resourceTenants`: managed, or external when it has what only external targets have. */
export function resourceTenant({ target, managed, external }: ReturnType<typeof tenantKinds>) {
  const managedTenant = closed(managed);
  const externalTenant = closed(external);
  return v.lazy((entry): typeof managedTenant | typeof externalTenant => {
    const { success, output: tenant } = v.safeParse(seenTenant, entry);
    if (!success || !tenant.targets.some(isExternalTarget)) return managedTenant;
    const keys = Object.keys(managed).filter((key) => key in tenant && !(key in external));
    if (keys[0] === undefined) return externalTenant;
    // Both at once. Judged as managed too, so that whatever else is wrong is told as well.
    const advice = `is for managed tenants; leave out ${keys.join(", ")}, or the targets' blobEndpoint and container`;
    const unjudged = v.optional(v.unknown());
    const targets = targetsOf({ ...target, blobEndpoint: unjudged, container: unjudged });
    return closed({ ...managed, [keys[0]]: v.never(advice), targets });
  });
}
