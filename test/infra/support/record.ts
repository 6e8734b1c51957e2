import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { vi } from "vitest";
import { configure } from "./configure.ts";

/** One resource as the program registered it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  /** Logical name of its provider; empty for dynamic resources. */
  readonly provider: string;
  readonly protect: boolean;
  /** For a provider: which variable of the shell it gets under which name. */
  readonly envVarMappings: Record<string, string>;
}

/** What the two tenants would answer about the deployers' sign-ins. */
export interface SignIns {
  /** The tenant that the named provider is signed in to. */
  readonly tenantOf: (provider: string) => string;
  /** Object id of who is signed in. */
  readonly objectId: string;
  /** Providers whose subscription cannot be read. */
  readonly unreadable?: readonly string[];
}

// The mocks are not told a resource's options.
const registrations = vi.spyOn(MockMonitor.prototype, "registerResource");

const SECRET = "4dabf18193072939515e22adb298388d";

// What the providers would add to the inputs, as far as the program reads it.
const OUTPUTS: Record<string, (name: string) => Record<string, unknown>> = {
  "azuread:index/application:Application": () => ({ clientId: "application-client-id" }),
  "azuread:index/servicePrincipal:ServicePrincipal": (name) => ({ objectId: `${name}-principal` }),
  "azure-native:managedidentity:UserAssignedIdentity": () => ({
    clientId: "identity-client-id",
    principalId: "identity-principal-id",
  }),
  "azure-native:resources:ResourceGroup": (name) => ({ name: `${name}-group` }),
  "azure-native:storage:StorageAccount": (name) => ({
    name: `${name}account`,
    primaryEndpoints: { blob: `https://${name}account.blob.core.windows.net/` },
  }),
  "azure-native:storage:BlobContainer": (name) => ({ name }),
  "azure-native:web:WebApp": (name) => ({ name, defaultHostName: `${name}.azurewebsites.net` }),
};

let runs = 0;

/**
 * Runs the whole program against mocks and returns what it registered, components apart, and what it exported.
 * Proves what the program asks for and of which tenant's provider; that Azure accepts it is the engine tests' part.
 */
export async function record(
  config: Record<string, unknown>,
  { tenantOf, objectId, unreadable = [] }: SignIns,
) {
  const resources: Omit<Registered, "protect" | "envVarMappings">[] = [];
  registrations.mockClear();
  const mocks = {
    newResource: ({ type, name, inputs, provider }: pulumi.runtime.MockResourceArgs) => {
      const plain = unwrapSecrets(inputs) as Record<string, unknown>;
      const component = type.startsWith("cross-tenant-data:index:");
      if (!component)
        resources.push({ type, name, inputs: plain, provider: logicalName(provider) });
      return { id: `${name}-id`, state: { ...plain, ...OUTPUTS[type]?.(name) } };
    },
    call: ({ token, provider }: pulumi.runtime.MockCallArgs) => {
      if (token === "azure-native:authorization:getClientConfig") {
        return { tenantId: tenantOf(logicalName(provider)), objectId };
      }
      // A stack that was never deployed.
      if (token === "pulumi:pulumi:readStackResourceOutputs") return { outputs: {} };
      if (token !== "azure-native:authorization:getRoleDefinition") {
        throw new Error(`unexpected call ${token}`);
      }
      if (unreadable.includes(logicalName(provider))) throw new Error("AuthorizationFailed");
      return {};
    },
  };
  await pulumi.runtime.setMocks(mocks, "cross-tenant-data", "dev", false, "organization");
  configure(config);
  // A fresh run of the program: its entry is the only module with effects of its own.
  const entry = new URL(`../../../infra/index.ts?run=${++runs}`, import.meta.url).href;
  const program = (await import(entry)) as Record<string, unknown>;
  await pulumi.runtime.disconnect();
  const options = optionsOf(registrations.mock.calls.map(([request]) => request));
  return {
    resources: resources.map((resource): Registered => ({ ...resource, ...options(resource) })),
    outputs: await resolved(program),
  };
}

function optionsOf(requests: readonly RegisterResourceRequest[]) {
  const options = new Map(
    requests.map((request) => [
      `${request.getType()} ${request.getName()}`,
      {
        protect: request.getProtect() ?? false,
        envVarMappings: Object.fromEntries(request.getEnvvarmappingsMap().toArray()),
      },
    ]),
  );
  return ({ type, name }: { type: string; name: string }) =>
    options.get(`${type} ${name}`) ?? { protect: false, envVarMappings: {} };
}

/** A provider reference is `<urn>::<id>`, and a urn ends with `::<logical name>`. */
function logicalName(provider: string | undefined): string {
  return provider?.split("::").at(-2) ?? "";
}

async function resolved(program: Record<string, unknown>): Promise<Record<string, unknown>> {
  const outputs: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(program)) {
    outputs[name] = await new Promise((resolve) => {
      pulumi.all([value]).apply(([plain]) => resolve(plain));
    });
  }
  return outputs;
}

function unwrapSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (SECRET in value && "value" in value) return unwrapSecrets(value.value);
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unwrapSecrets(v)]));
}
