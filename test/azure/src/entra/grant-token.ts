import type { Azure } from "../service/azure.ts";
import type { IssuedToken } from "../service/token-issuer.ts";
import { issueApplicationToken } from "./issue-token.ts";
import { requireUsableApplication } from "./rules/application-usable.ts";
import { requireAppOnly } from "./rules/assertion-app-only.ts";
import { requireHomeTenant } from "./rules/assertion-from-home-tenant.ts";
import { requireManagedIdentity } from "./rules/assertion-from-managed-identity.ts";
import { requireThisCloud } from "./rules/assertion-from-this-cloud.ts";
import { requireKnownIssuer } from "./rules/assertion-issuer-known.ts";
import { requireNotFederated } from "./rules/assertion-not-federated.ts";
import { requireEntraAllowed } from "./rules/assertion-of-entra-allowed.ts";
import { requireSignature } from "./rules/assertion-signature.ts";
import { requireValidTime } from "./rules/assertion-time.ts";
import { requireUserAssigned } from "./rules/assertion-user-assigned.ts";
import { requireVersionTwo } from "./rules/assertion-version.ts";
import { parseAssertion } from "./rules/assertion-well-formed.ts";
import { matchAudience } from "./rules/credential-audience.ts";
import { requireCredentials } from "./rules/credential-configured.ts";
import { matchIssuer } from "./rules/credential-issuer.ts";
import { matchSubject } from "./rules/credential-subject.ts";
import { requireForm, type TokenRequest } from "./rules/form-complete.ts";
import { requireParametersOnce } from "./rules/parameters-once.ts";
import { requireResource } from "./rules/resource-exists.ts";
import { requireUsableResource } from "./rules/resource-usable.ts";
import { requireDefaultScope } from "./rules/scope-default.ts";
import { requireEnabled } from "./rules/service-principal-enabled.ts";
import { requireServicePrincipal } from "./rules/service-principal-present.ts";
import { requireTenant } from "./rules/tenant-known.ts";
import { requireNamedTenant } from "./rules/tenant-named.ts";

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
