import type { SiteFacts, TargetFacts } from "./facts.ts";
import type { Explanation, Failure } from "./refusal.ts";

/** What can be said of a managed identity failure that the table does not know. */
export function unknownIdentityFailure(facts: SiteFacts, failure: Failure): Explanation {
  return {
    cause: `the identity endpoint gave no token of identity ${facts.managedIdentityClientId}, for a reason this site does not know (${shortly(failure)})`,
    fix: `make sure that the identity with principalId ${facts.managedIdentityPrincipalId} exists in the home tenant and is assigned to this site, run \`pulumi up --refresh\` and restart the site; then look in the home tenant's sign-in log, under managed identity sign-ins, ${lookUp(failure)}`,
  };
}

/** What can be said of a token exchange failure that the table does not know. */
export function unknownExchangeFailure(facts: TargetFacts, failure: Failure): Explanation {
  const { applicationClientId, tenant, tenantId, authorityHost } = facts;
  const { aadsts } = failure.details;
  const number =
    aadsts === undefined ? "" : `read what ${authorityHost}/error?code=${aadsts} says; `;
  return {
    cause: `tenant ${tenantId} ("${tenant}") gave application ${applicationClientId} no token, for a reason this site does not know (${shortly(failure)})`,
    fix: `${number}an admin of tenant ${tenantId} looks in its sign-in log, under service principal sign-ins, ${lookUp(failure)}`,
  };
}

/** What can be said of a storage failure that the table does not know. */
export function unknownStorageFailure(facts: TargetFacts, failure: Failure): Explanation {
  const { applicationClientId, tenantId, blobEndpoint, container } = facts;
  const { requestId } = failure.details;
  const by = requestId === undefined ? "time" : `request id ${requestId}`;
  return {
    cause: `${blobEndpoint} refused a request for container "${container}", for a reason this site does not know (${shortly(failure)})`,
    fix: `look the code up under "Azure Blob Storage error codes"; an admin of the account in tenant ${tenantId} finds the request in its resource logs (StorageBlobLogs) by ${by} and application ${applicationClientId}`,
  };
}

function shortly({ code, details }: Failure): string {
  const { aadsts, upstreamStatus, azureCode, network } = details;
  const known = [
    aadsts === undefined ? undefined : `AADSTS${aadsts}`,
    upstreamStatus === undefined ? undefined : `status ${upstreamStatus}`,
    azureCode,
    network,
  ].filter((part) => part !== undefined);
  return known.length === 0 ? code : known.join(", ");
}

function lookUp({ details: { traceId, correlationId } }: Failure): string {
  const ids = [
    traceId === undefined ? undefined : `trace id ${traceId}`,
    correlationId === undefined ? undefined : `correlation id ${correlationId}`,
  ].filter((part) => part !== undefined);
  return ids.length === 0 ? "for the time of the failure" : `for ${ids.join(" and ")}`;
}
