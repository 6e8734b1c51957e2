import type { Problems } from "./problems.ts";
import type { StackConfig } from "./stack-config.ts";

/** Notes what is right by itself and wrong together: the sides of the stack, and names and ids used twice. */
export function checkConsistency(config: StackConfig, problems: Problems): void {
  checkSides(config, problems);
  checkNames(config, problems);
  checkTenantIds(config, problems);
}

function checkSides(config: StackConfig, problems: Problems): void {
  const { home, applicationClientId, managedTenants, externalTenants } = config;
  if (home === undefined && applicationClientId === undefined) {
    const advice = "set it, or applicationClientId for a customer's side alone";
    problems.add("homeTenant", undefined, advice);
  }
  if (home !== undefined && applicationClientId !== undefined) {
    const advice = "is for a stack without a home side; leave out either it or homeTenant";
    problems.add("applicationClientId", applicationClientId, advice);
  }
  if (home === undefined && managedTenants.length === 0) {
    const advice = "a stack without a home side needs a managed resource tenant";
    problems.add("resourceTenants", [], advice);
  }
  if (home === undefined && externalTenants.length > 0) {
    const names = externalTenants.map((tenant) => tenant.name);
    const advice = "external tenants are settings of a site; they need homeTenant";
    problems.add("resourceTenants", names, advice);
  }
}

function checkNames({ managedTenants, externalTenants }: StackConfig, problems: Problems): void {
  const names = [...managedTenants, ...externalTenants].map((tenant) => tenant.name);
  for (const name of repeated(names)) {
    problems.add("resourceTenants name", name, "is used twice; names must be unique");
  }
  const targets = [
    ...managedTenants.flatMap((tenant) => tenant.targets),
    ...externalTenants.flatMap((tenant) => tenant.targets.map((target) => target.name)),
  ];
  for (const name of repeated(targets)) {
    const advice = "is used twice; target names are unique in the stack";
    problems.add("resourceTenants target", name, advice);
  }
}

function checkTenantIds(config: StackConfig, problems: Problems): void {
  const { home, managedTenants, externalTenants } = config;
  const ids = [...managedTenants, ...externalTenants].map((tenant) => tenant.tenantId);
  for (const id of repeated(ids)) {
    const advice = "is used twice; give one tenant several targets instead";
    problems.add("resourceTenants tenantId", id, advice);
  }
  if (home !== undefined && home.tenantId !== "" && ids.includes(home.tenantId)) {
    const advice = "is the home tenant; a resource tenant must be another tenant";
    problems.add("resourceTenants tenantId", home.tenantId, advice);
  }
}

/** Each value that occurs more than once; "" stands for one that was refused already. */
function repeated(values: readonly string[]): Set<string> {
  return new Set(values.filter((value, index) => value !== "" && values.indexOf(value) < index));
}
