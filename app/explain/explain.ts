import type { AppError, ErrorBody } from "../app-error.ts";
import { applicationRefusals } from "./application-refusals.ts";
import { assertionRefusals } from "./assertion-refusals.ts";
import type { SiteFacts, TargetFacts } from "./facts.ts";
import { federatedCredentialRefusals } from "./federated-credential-refusals.ts";
import { identityOutages } from "./identity-outages.ts";
import { loginOutages } from "./login-outages.ts";
import { managedIdentityRefusals } from "./managed-identity-refusals.ts";
import type { Explanation, Failure, Refusal } from "./refusal.ts";
import { storageOutages } from "./storage-outages.ts";
import { storagePermissionRefusals } from "./storage-permission-refusals.ts";
import { storageStateRefusals } from "./storage-state-refusals.ts";
import { storageTokenRefusals } from "./storage-token-refusals.ts";
import {
  unknownExchangeFailure,
  unknownIdentityFailure,
  unknownStorageFailure,
} from "./unknown-failure.ts";

/** An error as clients see it; `explanation` is there when a hop to another service failed. */
export interface ExplainedError extends ErrorBody {
  readonly explanation?: Explanation;
}

/** Every known refusal, by the hop that it comes from. */
export const knownRefusals = {
  "managed identity": [...managedIdentityRefusals, ...identityOutages],
  "token exchange": [
    ...applicationRefusals,
    ...federatedCredentialRefusals,
    ...assertionRefusals,
    ...loginOutages,
  ],
  storage: [
    ...storageTokenRefusals,
    ...storagePermissionRefusals,
    ...storageStateRefusals,
    ...storageOutages,
  ],
} as const;

/** The error of a request for a target, with cause and fix when a hop failed. */
export function explainError(error: AppError, facts: TargetFacts): ExplainedError {
  const explanation = explain(error, facts);
  return { ...error.toJSON(), ...(explanation && { explanation }) };
}

/** The error of the managed identity itself, whatever target it was asked for. */
export function explainIdentityError(error: AppError, facts: SiteFacts): ExplainedError {
  return { ...error.toJSON(), explanation: explainIdentity(error, facts) };
}

function explain(failure: Failure, facts: TargetFacts): Explanation | undefined {
  const { hop } = failure.details;
  if (hop === "managed identity") return explainIdentity(failure, facts);
  if (hop === "token exchange") {
    const known = lookUp(knownRefusals[hop], failure, facts);
    return known ?? unknownExchangeFailure(facts, failure);
  }
  if (hop === "storage") {
    const known = lookUp(knownRefusals[hop], failure, facts);
    return known ?? unknownStorageFailure(facts, failure);
  }
  return undefined;
}

function explainIdentity(failure: Failure, facts: SiteFacts): Explanation {
  const known = lookUp(knownRefusals["managed identity"], failure, facts);
  return known ?? unknownIdentityFailure(facts, failure);
}

function lookUp<Facts>(
  refusals: readonly Refusal<Facts>[],
  failure: Failure,
  facts: Facts,
): Explanation | undefined {
  return refusals.find(({ matches }) => matches(failure))?.explain(facts, failure);
}
