import type { Azure } from "../service/azure.ts";
import type { Route } from "../service/route.ts";
import type { Resource } from "../world/resource-records.ts";

/** A request of a caller whose role allows it. */
export interface VaultRequest {
  readonly azure: Azure;
  readonly vault: Resource;
  /** The address under which the vault was called; identifiers and links in the answer begin with it. */
  readonly origin: string;
  readonly query: URLSearchParams;
  /** Name of the secret, empty where the route names none. */
  readonly name: string;
  /** Version of the secret, empty where the route names none. */
  readonly version: string;
  /** The whole body; a handler has nothing to wait for. */
  readonly body: string;
}

interface AnsweredRoute extends Route {
  readonly supported: "yes" | "partly";
  /** Data action behind `Microsoft.KeyVault/vaults/`, at the secret, or at the vault where the route names none. */
  readonly dataAction: string;
  /** The answer's JSON body, null for an empty 204. */
  readonly handle: (request: VaultRequest) => object | null;
}

interface RefusedRoute extends Route {
  readonly supported: "no";
}

/** One route of a vault. */
export type VaultRoute = AnsweredRoute | RefusedRoute;
