import type { Azure } from "../azure.ts";
import type { Caller } from "../bearer.ts";
import type { Tenant } from "../state.ts";
import type { JsonObject } from "./json-object.ts";

/** A request whose caller was authenticated and authorized. */
export interface ManagementRequest {
  readonly azure: Azure;
  readonly caller: Caller;
  /** Tenant of the subscription in the path; always the caller's. */
  readonly tenant: Tenant;
  /** The request's path with the fixed segments spelled as the reference spells them, no trailing slash. */
  readonly id: string;
  readonly query: URLSearchParams;
  /** The JSON body, empty when there was none. */
  readonly body: JsonObject;
  /** A segment of the path by its name in {@link Operation.path}. */
  readonly param: (name: string) => string;
}

/** One operation of Resource Manager, as its REST reference documents it. */
export interface Operation {
  readonly method: "GET" | "HEAD" | "PUT" | "PATCH" | "POST" | "DELETE";
  /** Path template; `{scope}` at the beginning stands for any scope at or below a subscription. */
  readonly path: string;
  /** Permission that the caller needs; null where the handler has to look at the body first. */
  readonly action: string | null;
  readonly handle: (request: ManagementRequest) => Response | Promise<Response>;
}
