import type { Azure } from "../../service/azure.ts";
import type { Route } from "../../service/route.ts";
import type { Caller } from "../../world/tokens/bearer.ts";
import type { EntityKey } from "./route-path.ts";

/** A request of a verified caller who holds a permission for its route. The caller's tenant is the directory it reaches. */
export interface GraphRequest {
  readonly azure: Azure;
  readonly caller: Caller;
  /** Decoded: see `query` for the options. */
  readonly url: URL;
  /** `v1.0` or `beta`. */
  readonly version: string;
  readonly headers: Headers;
  /**
   * The whole body. It was read before anything was looked up, so that a handler runs to its end without a pause: what it
   * found cannot be deleted by another request before it writes.
   */
  readonly body: string;
  /** The keys in the path, by the collection that they stand behind, as the route's template spells it. */
  readonly keys: ReadonlyMap<string, EntityKey>;
  /** Answers another request as if it had arrived by itself; for `$batch`. */
  readonly send: (request: Request) => Promise<Response>;
}

interface AnsweredRoute extends Route {
  readonly supported: "yes" | "partly";
  /** Application permissions of which any one admits the caller; empty when any token does. */
  readonly permissions: readonly string[];
  /** Synchronous wherever the directory is read or written: see {@link GraphRequest.body}. */
  readonly handle: (request: GraphRequest) => Response | Promise<Response>;
}

interface RefusedRoute extends Route {
  readonly supported: "no";
}

/** One route of Microsoft Graph, from behind the version; v1.0 and beta are answered alike. */
export type GraphRoute = AnsweredRoute | RefusedRoute;
