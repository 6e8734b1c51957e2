import * as v from "valibot";
import { clouds, environments } from "../clouds.ts";
import { addressRange, guid, list, name, text } from "./fields.ts";
import { homeTenant, resourceTenant, tenantKinds } from "./tenants.ts";

/** In CI the job's own identity signs in by OIDC; on a person's machine the Azure CLI does. */
export function signsInByOidc(env = process.env): boolean {
  return Boolean(env["ACTIONS_ID_TOKEN_REQUEST_URL"]);
}

/**
 * The schema of this one configuration, because what a key may be depends on the other keys, on the shell and, once it
 * is known, on a custom cloud's storage suffix.
 */
export function stackConfig(given: Given, env: NodeJS.ProcessEnv, customStorageSuffix?: string) {
  const oidc = signsInByOidc(env);
  const environment = environments.find((name) => name === given["environment"]);
  const ownSuffix = environment && clouds[environment].storageSuffix;
  const suffix = given["metadataHost"] === undefined ? ownSuffix : customStorageSuffix;
  const hasHome = given["homeTenant"] !== undefined;
  const hasApplication = given["applicationClientId"] !== undefined;
  const neither = "set it, or applicationClientId for a customer's side alone";
  const both = "is for a stack without a home side; leave out either it or homeTenant";
  const variable = env["ARM_METADATA_HOSTNAME"] || undefined;
  const differs = `differs from ARM_METADATA_HOSTNAME, which is ${JSON.stringify(variable)}; set one of them`;
  return v.object({
    homeTenant: hasHome || hasApplication ? v.optional(homeTenant(oidc)) : v.never(neither),
    /** In a stack without a home side: the application its service principals belong to. */
    applicationClientId: v.optional(hasHome ? v.never(both) : guid),
    resourceTenants: v.pipe(
      list(resourceTenant(tenantKinds(given, oidc, suffix))),
      v.minLength(hasHome ? 0 : 1, "a stack without a home side needs a managed resource tenant"),
    ),
    environment: v.picklist(environments, `must be one of ${environments.join(", ")}`),
    /** `host[:port]` of a custom cloud's metadata. */
    metadataHost: v.optional(
      v.pipe(
        text(/^[a-z0-9.-]+(:[0-9]{1,5})?$/i, "must be host or host:port, without https://"),
        v.check((host) => host === (variable ?? host), differs),
      ),
    ),
    protect: v.boolean(),
    allowedClientAddresses: list(addressRange),
    deleteTargets: list(name),
  });
}

type Given = Readonly<Record<string, unknown>>;
export type StackConfig = Readonly<v.InferOutput<ReturnType<typeof stackConfig>>>;
export type HomeTenant = NonNullable<StackConfig["homeTenant"]>;
export type DeployedTenant = Omit<HomeTenant, "applicationOwners">;
type ResourceTenant = StackConfig["resourceTenants"][number];
export type ManagedTenant = Extract<ResourceTenant, DeployedTenant>;
export type ExternalTenant = Exclude<ResourceTenant, ManagedTenant>;
