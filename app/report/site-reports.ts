import type { TokenState } from "cross-tenant-tokens";
import type { Clock } from "cross-tenant-tokens/time";
import type { AppError } from "../app-error.ts";
import type { Settings } from "../env.ts";
import { explainError, type ExplainedError } from "../explain/explain.ts";
import { reportIdentity, type IdentityReport } from "./identity-report.ts";
import { StorageFailures } from "./storage-failures.ts";
import { reportTarget, type TargetReport } from "./target-report.ts";
import type { TargetStore } from "../target-store.ts";
import type { Target } from "../target.ts";

/** What the site knows about its tokens at this moment. */
export interface TokenStates {
  state(tenantId: string): TokenState;
  /** The managed identity's own. */
  identityState(): TokenState;
}

/** What the site tells about itself and its failures, in the words of its settings. */
export interface SiteReports {
  identity(): IdentityReport;
  /** `store`, the one of `target`, whose failures the target's report tells from now on. */
  watch(target: Target, store: TargetStore): TargetStore;
  target(target: Target): TargetReport;
  /** `error` as clients see it; with cause and fix when it is about `target`. */
  error(error: AppError, target: Target | undefined): ExplainedError;
}

/** Reports on the site of `settings`. */
export function siteReports(settings: Settings, tokens: TokenStates, clock: Clock): SiteReports {
  const failures = new StorageFailures(clock);
  return {
    identity: () => reportIdentity(settings, tokens.identityState(), clock.now()),
    watch: ({ name }, store) => failures.watch(name, store),
    target(target) {
      const state = tokens.state(target.tenantId);
      return reportTarget(settings, target, state, clock.now(), failures.last(target.name));
    },
    error: (error, target) =>
      target === undefined ? error.toJSON() : explainError(error, { ...settings, ...target }),
  };
}
