import { supportedApiVersions } from "../../src/resource-manager/require-api-version.ts";
import type { Json } from "./arbitraries/nasty-json.ts";
import type { FuzzAnswer } from "./fuzz-client.ts";
import { fuzzTenants } from "./fuzz-seed.ts";
import type { FuzzTarget } from "./fuzz-target.ts";

/** Calls Resource Manager as the deployer of one tenant. Throws for a status that is no success. */
export type Manage = (method: string, path: string, body?: Json) => Promise<FuzzAnswer>;

/** The newest stable version of a path's type in 2025, as a client of then sends it. */
export function versionFor(method: string, path: string): string {
  const versions = supportedApiVersions(method, path);
  return versions.find((known) => known < "2026" && !known.endsWith("-preview")) ?? "2024-11-01";
}

/** Calls of one deployer. */
export async function signedInManage(
  { send, endpoints, authorization }: FuzzTarget,
  tenant: keyof typeof fuzzTenants,
): Promise<Manage> {
  const header = await authorization(tenant, "https://management.azure.com");
  return async (method, path, body) => {
    const answer = await send({
      route: path,
      origin: endpoints.resourceManager,
      method,
      path: `${path}?api-version=${versionFor(method, path)}`,
      headers: { authorization: header, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status < 300) return answer;
    throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body}`);
  };
}

/** Good bodies of the resources that the local Azure knows, by type; a plan stands beside its site. */
export function resourceBodies(tenant: keyof typeof fuzzTenants, group: string) {
  const location = "westeurope";
  const { tenantId } = fuzzTenants[tenant];
  return {
    "Microsoft.ManagedIdentity/userAssignedIdentities": { location, tags: { stage: "dev" } },
    "Microsoft.Web/serverfarms": {
      location,
      kind: "linux",
      sku: { name: "B1", tier: "Basic", capacity: 1 },
      properties: { reserved: true },
    },
    "Microsoft.Web/sites": {
      location,
      kind: "app,linux",
      identity: {
        type: "SystemAssigned, UserAssigned",
        userAssignedIdentities: {
          [`${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/fuzz`]: {},
        },
      },
      properties: {
        serverFarmId: `${group}/providers/Microsoft.Web/serverfarms/fuzz`,
        httpsOnly: true,
        siteConfig: {
          linuxFxVersion: "NODE|24-lts",
          appCommandLine: "node main.cjs",
          appSettings: [{ name: "GREETING", value: "hello" }],
          ipSecurityRestrictionsDefaultAction: "Deny",
          ipSecurityRestrictions: [
            { name: "me", action: "Allow", priority: 100, ipAddress: "127.0.0.1/32" },
          ],
        },
      },
    },
    "Microsoft.Compute/virtualMachines": {
      location,
      identity: { type: "SystemAssigned" },
      properties: { hardwareProfile: { vmSize: "Standard_B1s" } },
    },
    "Microsoft.Storage/storageAccounts": {
      location,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      properties: {
        allowSharedKeyAccess: false,
        minimumTlsVersion: "TLS1_2",
        networkAcls: { defaultAction: "Allow" },
      },
    },
    "Microsoft.KeyVault/vaults": {
      location,
      properties: {
        tenantId,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        softDeleteRetentionInDays: 7,
      },
    },
  } as const satisfies Record<string, Json>;
}
