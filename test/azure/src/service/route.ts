/**
 * One route of a service, as its reference documents it, and how far the local Azure goes with it: one row of the support
 * table. A service declares its routes beside their handlers, by extending this, and answers from the very same list.
 */
export interface Route {
  readonly method: "GET" | "HEAD" | "PUT" | "PATCH" | "POST" | "DELETE";
  /** Path template with `{name}` for a parameter, from the service's root. */
  readonly path: string;
  /** `no`: known to exist, and answered 501. */
  readonly supported: "yes" | "partly" | "no";
  /** The page on learn.microsoft.com that it rests on, without the host. */
  readonly document: string;
  /** What its answers, refusals included, were last compared with. */
  readonly verified: "document" | "observed" | "unverified";
  /** For `partly`: what is missing. */
  readonly missing?: string;
}
