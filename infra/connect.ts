import type { Provider as AzureProvider } from "@pulumi/azure-native/provider.js";
import type { Provider as EntraProvider } from "@pulumi/azuread/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { checkData } from "./check-data.ts";
import { checkHomeSignIn, checkSignIn } from "./check-sign-in.ts";
import { resolveCloud, tokenIssuer } from "./cloud.ts";
import type { Cloud } from "./clouds.ts";
import { loadConfig } from "./config/load-config.ts";
import {
  signsInByOidc,
  type ExternalTenant,
  type HomeTenant,
  type ManagedTenant,
  type StackConfig,
} from "./config/stack-config.ts";
import { hashFiles, packageFiles } from "./package/build-package.ts";
import { azureProvider, entraProvider, type SignIn } from "./tenant-providers.ts";

/** The home tenant with its providers, signed in. */
export interface HomeConnection {
  readonly tenant: HomeTenant;
  /** Issuer of its managed-identity tokens. */
  readonly issuer: string;
  /** Hash of the site's package, built from the present sources. */
  readonly packageHash: string;
  readonly azure: AzureProvider;
  readonly entra: EntraProvider;
}

/** A managed resource tenant with its providers, signed in; no Graph provider when its service principal is given. */
export interface ResourceConnection {
  readonly tenant: ManagedTenant;
  readonly azure: AzureProvider;
  readonly entra: EntraProvider | undefined;
}

export interface Connections {
  readonly config: StackConfig;
  readonly cloud: Cloud;
  readonly home: HomeConnection | undefined;
  readonly managed: readonly ResourceConnection[];
  readonly external: readonly ExternalTenant[];
}

/**
 * Everything that must hold before the first resource: the configuration, its fit with what the stack holds, the cloud,
 * a sign-in for each tenant, and sources of the site that can be bundled.
 *
 * @throws {pulumi.RunError} when one of them does not hold; nothing has been created then.
 */
export async function connect(): Promise<Connections> {
  const cloud = await resolveCloud(loadConfig());
  // Judged again, because only now is it known where a custom cloud's storage is.
  const config = loadConfig(process.env, cloud.storageSuffix);
  await checkData(config);
  const signIn = { cloud, environment: config.environment, oidc: signsInByOidc() };
  const { homeTenant, resourceTenants } = config;
  const [home, managed] = await allOf([
    homeTenant && connectHome(homeTenant, signIn),
    allOf(resourceTenants.filter(isManaged).map((tenant) => connectResource(tenant, signIn))),
  ]);
  const external = resourceTenants.filter((tenant): tenant is ExternalTenant => !isManaged(tenant));
  return { config, cloud, home, managed, external };
}

async function connectHome(tenant: HomeTenant, signIn: SignIn): Promise<HomeConnection> {
  const azure = azureProvider("home", tenant, signIn);
  const entra = entraProvider("home", tenant, signIn);
  const [, issuer, hash] = await allOf([
    checkHomeSignIn(tenant, azure, signIn.oidc),
    tokenIssuer(signIn.cloud, tenant.tenantId),
    packageHash(),
  ]);
  return { tenant, issuer, packageHash: hash, azure, entra };
}

async function connectResource(tenant: ManagedTenant, signIn: SignIn): Promise<ResourceConnection> {
  const { name, servicePrincipalObjectId } = tenant;
  const azure = azureProvider(name, tenant, signIn);
  const entra =
    servicePrincipalObjectId === undefined ? entraProvider(name, tenant, signIn) : undefined;
  await checkSignIn(name, tenant, azure);
  return { tenant, azure, entra };
}

function isManaged(tenant: ManagedTenant | ExternalTenant): tenant is ManagedTenant {
  return "subscriptionId" in tenant;
}

async function packageHash(): Promise<string> {
  const files = await packageFiles(process.cwd()).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new pulumi.RunError(`the site's sources in app/ cannot be bundled; mend them. ${reason}`);
  });
  return hashFiles(files);
}

/**
 * As Promise.all, but with every refusal at once, the tenants' in the configuration's order: swapped subscriptions are
 * then seen as swapped.
 */
async function allOf<const T extends readonly unknown[]>(
  values: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const outcomes = await Promise.allSettled(values);
  const refusals = outcomes
    .filter((outcome) => outcome.status === "rejected")
    .map(({ reason }) => (reason instanceof Error ? reason.message : String(reason)));
  if (refusals.length > 0) throw new pulumi.RunError(refusals.join("\n"));
  return Promise.all(values);
}
