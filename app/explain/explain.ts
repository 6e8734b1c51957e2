import type { AppError, ErrorBody } from "../app-error.ts";
import type { Settings } from "../env.ts";
import type { Target } from "../target.ts";
import { fill } from "./fill.ts";
import { identityRows, unknownIdentityFailure } from "./managed-identity.ts";
import { matches, type Explanation, type Failure } from "./row.ts";
import { storageRows, unknownStorageFailure } from "./storage.ts";
import { exchangeRows, unknownExchangeFailure } from "./token-exchange.ts";

/** The site's values that explanations name. */
export type SiteFacts = Pick<
  Settings,
  | "applicationClientId"
  | "managedIdentityClientId"
  | "managedIdentityPrincipalId"
  | "managedIdentityIssuer"
  | "authorityHost"
  | "exchangeAudience"
>;

/** The same with those of the target whose request failed. */
export type TargetFacts = SiteFacts &
  Pick<Target, "tenant" | "tenantId" | "blobEndpoint" | "container">;

/** An error as clients see it; `explanation` is there when a hop to another service failed. */
export interface ExplainedError extends ErrorBody {
  /** With this site's own values, and never with a token. */
  readonly explanation?: Explanation;
}

/** Every failure with a cause and a fix of its own, by the hop that it comes from. */
export const knownFailures = {
  "managed identity": identityRows,
  "token exchange": exchangeRows,
  storage: storageRows,
} as const;

const unknownFailures = {
  "managed identity": unknownIdentityFailure,
  "token exchange": unknownExchangeFailure,
  storage: unknownStorageFailure,
} as const;

/** The error of a request for a target, with cause and fix when a hop failed. */
export function explainError(error: AppError, facts: TargetFacts): ExplainedError {
  const { hop } = error.details;
  return { ...error.toJSON(), ...(hop && { explanation: explain(hop, error, facts) }) };
}

/** The error of the managed identity itself, whatever target it was asked for. */
export function explainIdentityError(error: AppError, facts: SiteFacts): ExplainedError {
  return { ...error.toJSON(), explanation: explain("managed identity", error, facts) };
}

function explain(
  hop: keyof typeof knownFailures,
  failure: Failure,
  facts: SiteFacts | TargetFacts,
): Explanation {
  const known: Explanation | undefined = knownFailures[hop].find((row) => matches(row, failure));
  const { cause, fix } = known ?? unknownFailures[hop];
  const values = { ...facts, ...valuesOf(failure, facts) };
  return { cause: fill(cause, values), fix: fill(fix, values) };
}

/** What explanations name of the failure itself. */
function valuesOf({ code, details }: Failure, { authorityHost }: SiteFacts) {
  const { aadsts, upstreamStatus, azureCode, network } = details;
  const { traceId, correlationId, requestId, storageTenantId } = details;
  const said = [
    aadsts && `AADSTS${aadsts}`,
    upstreamStatus && `status ${upstreamStatus}`,
    azureCode,
    network,
  ];
  const ids = [
    traceId && `trace id ${traceId}`,
    correlationId && `correlation id ${correlationId}`,
  ];
  return {
    said: said.filter(Boolean).join(", ") || code,
    ids: ids.filter(Boolean).join(" and ") || "the time of the failure",
    lookUp: aadsts ? `read what ${authorityHost}/error?code=${aadsts} says; ` : "",
    loggedBy: requestId ? `request id ${requestId}` : "time",
    storageTenantId: storageTenantId ?? "",
  };
}
