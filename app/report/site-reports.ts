import type { AppError } from "../app-error.ts";
import type { Settings } from "../env.ts";
import { explainError, type ExplainedError } from "../explain/explain.ts";
import { reportIdentity, type IdentityReport } from "./identity-report.ts";
import { reportTarget, type TargetReport } from "./target-report.ts";
import type { Target } from "../target.ts";
import type { Clock } from "../token/clock.ts";
import type { TokenState } from "../token/token-entry.ts";

/** What the site knows about its tokens at this moment. */
export interface TokenStates {
  state(tenantId: string): TokenState;
  /** The managed identity's own. */
  identityState(): TokenState;
}

/** What the site tells about itself and its failures, in the words of its settings. */
export interface SiteReports {
  identity(): IdentityReport;
  target(target: Target): TargetReport;
  /** `error` as clients see it; with cause and fix when it is about `target`. */
  error(error: AppError, target: Target | undefined): ExplainedError;
}

/** Reports on the site of `settings`. */
export function siteReports(settings: Settings, tokens: TokenStates, clock: Clock): SiteReports {
  return {
    identity: () => reportIdentity(settings, tokens.identityState(), clock.now()),
    target: (target) => reportTarget(settings, target, tokens.state(target.tenantId), clock.now()),
    error: (error, target) =>
      target === undefined ? error.toJSON() : explainError(error, { ...settings, ...target }),
  };
}
