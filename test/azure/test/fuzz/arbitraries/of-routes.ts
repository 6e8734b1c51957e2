import * as fc from "fast-check";
import type { Route } from "../../../src/service/route.ts";
import type { FuzzRequest } from "../fuzz-request.ts";

/** Requests of all routes: writes twice as often as reads; what is answered 501 seldom, and what leaves less to ask for. */
export function ofRoutes(
  routes: readonly Route[],
  requestsOf: (route: Route) => fc.Arbitrary<FuzzRequest>,
): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(
    ...routes.map((route) => ({ weight: weightOf(route), arbitrary: requestsOf(route) })),
  );
}

function weightOf({ supported, method }: Route): number {
  if (supported === "no" || method === "DELETE") return 1;
  return method === "GET" || method === "HEAD" ? 4 : 8;
}
