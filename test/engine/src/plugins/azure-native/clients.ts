import type { WebSiteManagementClient } from "@azure/arm-appservice";
import type { AuthorizationManagementClient } from "@azure/arm-authorization";
import type { ManagedServiceIdentityClient } from "@azure/arm-msi";
import type { ResourceManagementClient } from "@azure/arm-resources";
import type { StorageManagementClient } from "@azure/arm-storage";
import type { Properties, Value } from "../../grpc/properties.ts";
import { once, signIn, type SignIn } from "../sign-in/sign-in.ts";

/** Microsoft's management clients for one subscription, each loaded and signed in at its first use. */
export interface ResourceManager {
  readonly signIn: SignIn;
  readonly subscriptionId: string;
  /** Where resources are made whose program does not say. @default - where their resource group is */
  readonly location: Value;
  /** The same for the subscription that a resource's id names, which may have been another provider's. */
  of(id: string): ResourceManager;
  resources(): Promise<ResourceManagementClient>;
  identities(): Promise<ManagedServiceIdentityClient>;
  web(): Promise<WebSiteManagementClient>;
  storage(): Promise<StorageManagementClient>;
  authorization(): Promise<AuthorizationManagementClient>;
}

/** How often a long-running operation is asked about; the real provider waits 10 s. */
const updateIntervalInMs = 200;

/** Reads an azure-native provider's inputs. Sends nothing. */
export function connectResourceManager(
  config: Properties,
  cancelled: AbortSignal,
): ResourceManager {
  const session = signIn("azure-native", config, cancelled);
  const { subscriptionId, location } = config;
  if (typeof subscriptionId !== "string") {
    throw new Error("the stand-in for azure-native lacks subscriptionId: set it on the provider");
  }
  const managers = new Map<string, ResourceManager>();
  const of = (id: string): ResourceManager => {
    const subscription = /^\/?subscriptions\/([^/]+)/i.exec(id)?.[1] ?? subscriptionId;
    const known = managers.get(subscription);
    if (known) return known;
    const manager = { of, ...clientsOf(session, subscription, location) };
    managers.set(subscription, manager);
    return manager;
  };
  return of("");
}

function clientsOf(
  session: SignIn,
  subscriptionId: string,
  location: Value,
): Omit<ResourceManager, "of"> {
  const parts = () => Promise.all([session.credential(), clientOptions(session)] as const);
  return {
    signIn: session,
    subscriptionId,
    location,
    resources: once(async () => {
      const [{ ResourceManagementClient }, [credential, options]] = await Promise.all([
        import("@azure/arm-resources"),
        parts(),
      ]);
      const versioned = { ...options, apiVersion: "2024-03-01" };
      return new ResourceManagementClient(credential, subscriptionId, versioned);
    }),
    identities: once(async () => {
      const [{ ManagedServiceIdentityClient }, [credential, options]] = await Promise.all([
        import("@azure/arm-msi"),
        parts(),
      ]);
      const versioned = { ...options, apiVersion: "2023-01-31" };
      return new ManagedServiceIdentityClient(credential, subscriptionId, versioned);
    }),
    web: once(async () => {
      const [{ WebSiteManagementClient }, [credential, options]] = await Promise.all([
        import("@azure/arm-appservice"),
        parts(),
      ]);
      const versioned = { ...options, apiVersion: "2025-05-01" };
      return new WebSiteManagementClient(credential, subscriptionId, versioned);
    }),
    storage: once(async () => {
      const [{ StorageManagementClient }, [credential, options]] = await Promise.all([
        import("@azure/arm-storage"),
        parts(),
      ]);
      const versioned = { ...options, apiVersion: "2024-01-01" };
      return new StorageManagementClient(credential, subscriptionId, versioned);
    }),
    authorization: once(async () => {
      const [{ AuthorizationManagementClient }, [credential, options]] = await Promise.all([
        import("@azure/arm-authorization"),
        parts(),
      ]);
      return new AuthorizationManagementClient(credential, subscriptionId, options);
    }),
  };
}

/** For every call: abort when the engine cancels, and poll at short intervals. */
export function callOptions({ signIn }: ResourceManager) {
  return { abortSignal: signIn.cancelled, updateIntervalInMs };
}

// The two generations of clients name the scopes differently: `credentialScopes` and `credentials.scopes`.
async function clientOptions(session: SignIn) {
  const { resourceManager, resourceManagerScope } = await session.cloud();
  return {
    endpoint: resourceManager,
    credentialScopes: resourceManagerScope,
    credentials: { scopes: [resourceManagerScope] },
    retryOptions: { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 1000 },
  };
}
