/** The services that a fault can be put in front of, as faults and the record of requests name them. */
export const faultServices = [
  "metadata",
  "entra",
  "oidc",
  "graph",
  "resource-manager",
  "storage",
  "key-vault",
  "scm",
  "managed-identity",
  "instance-metadata",
] as const;

export type FaultService = (typeof faultServices)[number];

/** Which requests meet a fault: those to the service that all of the other fields admit. */
export interface FaultMatch {
  readonly service: FaultService;
  /** In capitals. @default every method */
  readonly method?: string;
  /** Tested against the request's path, without the query. @default every path */
  readonly path?: RegExp;
  /** Whether the request fails untouched, or is carried out and its answer lost. @default "before" */
  readonly when?: "before" | "after";
  /** The part of the matching requests, above 0 and at most 1, that meets the fault. @default 1 */
  readonly share?: number;
  /** Makes `share` choose the same requests in every run. @default random */
  readonly seed?: number;
  /** How many requests meet the fault before it is spent. @default no limit */
  readonly count?: number;
}

/** What the client of such a request sees. */
export type FaultEffect =
  /** The right answer, late. */
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** A refusal with this status, and a Retry-After header when `retryAfterSeconds` is set. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfterSeconds?: number }
  /** An HTML page with status 200, as from a captive portal. */
  | { readonly kind: "html" }
  /** A TCP reset instead of an answer. */
  | { readonly kind: "reset" }
  /** No byte, until the fault is taken away; then the connection closes. */
  | { readonly kind: "hang" }
  /**
   * Status 200, headers and the first bytes of a JSON body, and then as `hang`; or, with `afterBytes`, the request is carried
   * out and that much of the right answer's body comes, all of it when it is not longer.
   */
  | { readonly kind: "hang-mid-body"; readonly afterBytes?: number }
  /** The service's ports are closed: no connection at all, and those that are open end. It takes no other field than the service. */
  | { readonly kind: "refused" };

/** A failure put in front of a service, to prove what its clients do when Azure fails. */
export type Fault = FaultMatch & FaultEffect;

/** A failure that a request meets. */
export type RequestFault = Exclude<Fault, { readonly kind: "refused" }>;
