import { throughputLine } from "../load/throughput-line.ts";
import type { Row } from "../row.ts";

/** What the token costs the site's own route, storage client included, when storage answers at once. */
export const wholeRequest: Row = {
  name: "whole-request",
  async lines() {
    return [
      await throughputLine({
        what: "whole request: throughput of the site's download route against a static token",
        subject: "subjects/site-server.ts",
        path: "/api/targets/invoices/blobs/a",
        rounds: 120,
        goal: 0.95,
      }),
    ];
  },
};
