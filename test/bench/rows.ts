import type { Row } from "./row.ts";
import { coldBurst } from "./rows/cold-burst.ts";
import { coldStart } from "./rows/cold-start.ts";
import { hungEndpoint } from "./rows/hung-endpoint.ts";
import { manyTenants } from "./rows/many-tenants.ts";
import { refreshes } from "./rows/refreshes.ts";
import { tenantFootprint } from "./rows/tenant-footprint.ts";
import { upstreamDown } from "./rows/upstream-down.ts";
import { warmToken } from "./rows/warm-token.ts";
import { wholeRequest } from "./rows/whole-request.ts";

/** The rows in the table's order. */
export const rows: readonly Row[] = [
  coldBurst,
  manyTenants,
  warmToken,
  wholeRequest,
  upstreamDown,
  hungEndpoint,
  tenantFootprint,
  refreshes,
  coldStart,
];
