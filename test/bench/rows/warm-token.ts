import { throughputLine } from "../load/throughput-line.ts";
import type { Row } from "../row.ts";

/** What a warm token costs a server that does nothing else. */
export const warmToken: Row = {
  name: "warm-token",
  async lines() {
    return [
      await throughputLine({
        what: "warm token: throughput of a minimal server against a static token",
        subject: "subjects/token-server.ts",
        path: "/",
        rounds: 120,
        goal: 0.97,
      }),
    ];
  },
};
