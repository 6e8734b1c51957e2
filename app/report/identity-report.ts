import type { TokenCounters, TokenState } from "cross-tenant-tokens";
import { explainIdentityError, type ExplainedError, type SiteFacts } from "../explain/explain.ts";
import { reportKey, type AttemptReport, type TokenReport } from "./token-report.ts";

/** What is known about the managed identity's token, which vouches for the application everywhere. */
export interface IdentityReport {
  readonly clientId: string;
  readonly principalId: string;
  readonly token: TokenReport;
  readonly lastAttempt?: AttemptReport;
  readonly lastError?: ExplainedError;
  /** Since the site started. */
  readonly counters: TokenCounters;
}

/** Reports on the identity of the site at `now`, in milliseconds since the Unix epoch. */
export function reportIdentity(site: SiteFacts, state: TokenState, now: number): IdentityReport {
  const { token, counters, lastAttempt, lastError } = reportKey(state, now);
  return {
    clientId: site.managedIdentityClientId,
    principalId: site.managedIdentityPrincipalId,
    token,
    ...(lastAttempt && { lastAttempt }),
    ...(lastError && { lastError: explainIdentityError(lastError, site) }),
    counters,
  };
}
