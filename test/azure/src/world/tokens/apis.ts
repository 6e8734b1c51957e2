import type { ServicePrincipal } from "../directory-records.ts";
import type { Endpoints } from "../endpoints.ts";
import { isBlobEndpoint } from "../names/blob-address.ts";
import { vaultDnsSuffix } from "../names/vault-address.ts";
import type { World } from "../world.ts";

/** An API that Entra issues tokens for. */
export type ApiName = "storage" | "resource-manager" | "graph" | "key-vault" | "token-exchange";

/** A resource as one token request named it. */
export interface TokenApi {
  readonly name: ApiName | "application";
  /** The `aud` of its tokens. */
  readonly audience: string;
  /** Of its tokens. @default 1 */
  readonly version?: 1 | 2;
  /** The API's service principal in the tenant that was asked; undefined for one of Microsoft's that has none there. */
  readonly principal?: ServicePrincipal;
}

/** The audience a federated identity credential names, and the one that tokens for it carry (observed on Azure). */
export const EXCHANGE_AUDIENCE = "api://AzureADTokenExchange";
export const EXCHANGE_AUDIENCE_ID = "fb60f99c-7a34-4190-8149-302f77469936";

/**
 * Every name of each resource, without trailing slash. The public clouds' names are accepted too because clients ask
 * for them whatever the cloud's metadata says.
 */
function identifiers(endpoints: Endpoints): Record<ApiName, readonly string[]> {
  return {
    storage: ["https://storage.azure.com", "e406a681-f3d4-42a8-90b6-c2b029497af1"],
    "resource-manager": [
      endpoints.resourceManager,
      "https://management.azure.com",
      "https://management.core.windows.net",
    ],
    graph: [endpoints.graph, "https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"],
    "key-vault": [
      `https://${vaultDnsSuffix(endpoints)}`,
      "https://vault.azure.net",
      "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
    ],
    "token-exchange": [EXCHANGE_AUDIENCE, EXCHANGE_AUDIENCE_ID],
  };
}

/**
 * Finds a resource of Microsoft's by any of its names, with or without a trailing slash; undefined when there is none. The address of one
 * storage account is a name of storage too, and its tokens are good at that account alone
 * (learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory, "Microsoft Authentication Library"). That
 * Entra does not ask whether the account exists is unverified.
 */
export function findApi(azure: World, identifier: string): TokenApi | undefined {
  const wanted = identifier.replace(/\/$/, "");
  for (const name of [
    "storage",
    "resource-manager",
    "graph",
    "key-vault",
    "token-exchange",
  ] as const) {
    if (!identifiers(azure.endpoints)[name].includes(wanted)) continue;
    if (name === "token-exchange") return { name, audience: EXCHANGE_AUDIENCE_ID, version: 2 };
    // v1 tokens repeat the requested name, trailing slash included.
    return { name, audience: identifier };
  }
  if (isBlobEndpoint(azure, wanted)) return { name: "storage", audience: identifier };
  return undefined;
}

/** Every `aud` that tokens for a resource may carry: what its service accepts. */
export function audiencesOf(azure: World, name: ApiName): readonly string[] {
  if (name === "token-exchange") return [EXCHANGE_AUDIENCE_ID];
  return identifiers(azure.endpoints)[name].flatMap((id) => [id, `${id}/`]);
}
