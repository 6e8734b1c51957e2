import type { Azure } from "../service/azure.ts";
import type { IssuedToken } from "../service/token-issuer.ts";
import { issueApplicationToken } from "./issue-token.ts";
import {
  matchIssuer,
  requireEntraAllowed,
  requireHomeTenant,
  requireKnownIssuer,
  requireSignature,
  requireThisCloud,
} from "./rules/assertion-issuer.ts";
import {
  parseAssertion,
  requireAppOnly,
  requireManagedIdentity,
  requireNotFederated,
  requireUserAssigned,
  requireValidTime,
  requireVersionTwo,
} from "./rules/assertion.ts";
import {
  requireEnabled,
  requireServicePrincipal,
  requireUsableApplication,
} from "./rules/client.ts";
import { matchAudience, matchSubject, requireCredentials } from "./rules/credential.ts";
import {
  requireDefaultScope,
  requireForm,
  requireParametersOnce,
  type TokenRequest,
} from "./rules/request.ts";
import { requireResource, requireUsableResource } from "./rules/resource.ts";
import { requireNamedTenant, requireTenant } from "./rules/tenant.ts";

/**
 * Issues a token to an application or managed identity that proves itself by a federated identity credential, or throws the first refusal.
 * Entra does not publish the order of its checks; this one follows what was observed where something was.
 */
export async function grantToken(azure: Azure, request: TokenRequest): Promise<IssuedToken> {
  requireParametersOnce(request.form);
  requireNamedTenant(azure, request);
  const tenantId = requireTenant(azure, request.tenant);
  const form = requireForm(request);
  const identifier = request.version === 1 ? form.target : requireDefaultScope(form.target);
  const resource = requireResource(azure, identifier, tenantId);
  const client = requireUsableApplication(azure, form.clientId, tenantId);
  const credentials = requireCredentials(azure, client);

  const assertion = parseAssertion(form.assertion);
  requireThisCloud(assertion, credentials);
  const issuer = requireKnownIssuer(azure, assertion, credentials);
  await requireSignature(assertion, issuer);
  requireValidTime(azure.clock, assertion);

  if (issuer.tenantId === undefined) {
    const issued = matchIssuer(credentials, assertion);
    const subjects = matchSubject(issued, assertion);
    matchAudience(subjects, assertion, issuer);
  } else {
    requireEntraAllowed(client);
    // For Entra's own tokens a wrong audience was seen to be reported even though the v1 issuer differed too.
    const audiences = matchAudience(credentials, assertion, issuer);
    requireVersionTwo(assertion);
    matchSubject(matchIssuer(audiences, assertion), assertion);
    requireHomeTenant(issuer, client, assertion.issuer);
    requireAppOnly(assertion);
    requireNotFederated(assertion);
    requireManagedIdentity(assertion);
    requireUserAssigned(assertion);
  }

  const principal = requireServicePrincipal(azure, client, tenantId);
  requireEnabled(principal);
  requireUsableResource(azure, resource, principal);
  return issueApplicationToken(azure, principal, resource);
}
