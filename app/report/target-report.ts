import type { TokenCounters, TokenState } from "cross-tenant-tokens";
import { explainError, type ExplainedError, type SiteFacts } from "../explain/explain.ts";
import type { Target } from "../target.ts";
import type { StorageFailure } from "./storage-failures.ts";
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
  /** What storage's last answer failed with, until the next that does not. */
  readonly lastStorageError?: StorageErrorReport;
  /** Since the site started; shared by the targets of a tenant. */
  readonly counters: TokenCounters;
}

/** A failure of storage and when it came. */
export interface StorageErrorReport extends ExplainedError {
  readonly at: string;
}

/** Reports on `target` of the site, whose storage last failed with `storageFailure`, at `now`, in milliseconds since the Unix epoch. */
export function reportTarget(
  site: SiteFacts,
  target: Target,
  state: TokenState,
  now: number,
  storageFailure?: StorageFailure,
): TargetReport {
  const facts = { ...site, ...target };
  const { blobEndpoint: endpoint, ...shown } = target;
  const { token, counters, lastAttempt, lastError } = reportKey(state, now);
  return {
    ...shown,
    endpoint,
    token,
    ...(lastAttempt && { lastExchange: lastAttempt }),
    ...(lastError && { lastError: explainError(lastError, facts) }),
    ...(storageFailure && {
      lastStorageError: {
        at: new Date(storageFailure.at).toISOString(),
        ...explainError(storageFailure.error, facts),
      },
    }),
    counters,
  };
}
