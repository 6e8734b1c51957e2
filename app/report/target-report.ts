import { explainError, type ExplainedError } from "../explain/explain.ts";
import type { SiteFacts } from "../explain/facts.ts";
import type { Target } from "../target.ts";
import type { TokenCounters, TokenState } from "../token/token-entry.ts";
import { reportKey, type AttemptReport, type TokenReport } from "./token-report.ts";

/** What is known about a target and the exchanges in its tenant; never the token itself. */
export interface TargetReport {
  readonly name: string;
  readonly tenant: string;
  readonly tenantId: string;
  readonly kind: "blob";
  readonly endpoint: string;
  readonly container: string;
  readonly token: TokenReport;
  readonly lastExchange?: AttemptReport;
  readonly lastError?: ExplainedError;
  /** Since the site started; shared by the targets of a tenant. */
  readonly counters: TokenCounters;
}

/** Reports on `target` of the site at `now`, in milliseconds since the Unix epoch. */
export function reportTarget(
  site: SiteFacts,
  target: Target,
  state: TokenState,
  now: number,
): TargetReport {
  const { blobEndpoint: endpoint, ...shown } = target;
  const { token, counters, lastAttempt, lastError } = reportKey(state, now);
  return {
    ...shown,
    endpoint,
    token,
    ...(lastAttempt && { lastExchange: lastAttempt }),
    ...(lastError && { lastError: explainError(lastError, { ...site, ...target }) }),
    counters,
  };
}
