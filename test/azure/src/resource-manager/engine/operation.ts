import type { JsonObject } from "../../base/json.ts";
import type { Azure } from "../../service/azure.ts";
import type { Route } from "../../service/route.ts";
import type { Tenant } from "../../world/directory-records.ts";
import type { Caller } from "../../world/tokens/bearer.ts";

/** A request whose caller was authenticated and authorized. */
export interface ManagementRequest {
  readonly azure: Azure;
  readonly caller: Caller;
  /** The caller's tenant, which is that of the subscription in the path. */
  readonly tenant: Tenant;
  /** The request's path with the fixed segments spelled as the reference spells them, no trailing slash. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The JSON body, empty when there was none. */
  readonly body: JsonObject;
  /** A segment of the path by its name in {@link Operation.path}. */
  readonly param: (name: string) => string;
}

/** One operation of Resource Manager, as its REST reference documents it. */
export interface Operation {
  readonly method: Route["method"];
  /** Path template; `{scope}` at the beginning stands for any scope at or below a subscription. */
  readonly path: string;
  /**
   * Permission that the caller needs, for a resource that no lock holds; null where the handler has to look at the body
   * first, or where any caller of the tenant is answered.
   */
  readonly action: string | null;
  /** Whether it looks at If-Match and If-None-Match; other writes that have one answer 501. */
  readonly conditional?: true;
  /** What the answer lacks that Azure's has; absent when nothing that is known. */
  readonly missing?: string;
  readonly handle: (request: ManagementRequest) => Response | Promise<Response>;
}

/** The operations of one page of the REST reference. */
export interface OperationGroup extends Pick<Route, "document" | "verified"> {
  readonly operations: readonly Operation[];
}
