import * as fc from "fast-check";
import type { FuzzRequest } from "../fuzz-request.ts";

type Body = FuzzRequest["body"];

/** The parts of a route's requests; those without `body` have none. */
interface Parts {
  readonly origin: string;
  readonly path: fc.Arbitrary<string>;
  readonly query?: fc.Arbitrary<string>;
  readonly headers: fc.Arbitrary<Readonly<Record<string, string>>>;
  readonly body?: fc.Arbitrary<Body>;
}

/** Requests of one route. */
export function requests(
  { method, path: route }: { readonly method: string; readonly path: string },
  { origin, path, query = fc.constant(""), headers, body = fc.constant(undefined) }: Parts,
): fc.Arbitrary<FuzzRequest> {
  return fc.tuple(path, query, headers, body).map(([filled, search, sent, content]) => ({
    route,
    origin,
    method,
    path: `${filled}${search}`,
    headers: sent,
    ...(content === undefined ? {} : { body: content }),
  }));
}
