import type { Azure } from "../azure.ts";
import type { IssuedToken } from "../src/service/token-issuer.ts";
import { requireUsableApplication } from "./checks/application-usable.ts";
import { requireAppOnly } from "./checks/assertion-app-only.ts";
import { requireHomeTenant } from "./checks/assertion-from-home-tenant.ts";
import { requireManagedIdentity } from "./checks/assertion-from-managed-identity.ts";
import { requireThisCloud } from "./checks/assertion-from-this-cloud.ts";
import { requireKnownIssuer } from "./checks/assertion-issuer-known.ts";
import { requireNotFederated } from "./checks/assertion-not-federated.ts";
import { requireEntraAllowed } from "./checks/assertion-of-entra-allowed.ts";
import { requireSignature } from "./checks/assertion-signature.ts";
import { requireValidTime } from "./checks/assertion-time.ts";
import { requireUserAssigned } from "./checks/assertion-user-assigned.ts";
import { requireVersionTwo } from "./checks/assertion-version.ts";
import { parseAssertion } from "./checks/assertion-well-formed.ts";
import { matchAudience } from "./checks/credential-audience.ts";
import { requireCredentials } from "./checks/credential-configured.ts";
import { matchIssuer } from "./checks/credential-issuer.ts";
import { matchSubject } from "./checks/credential-subject.ts";
import { requireForm, type TokenRequest } from "./checks/form-complete.ts";
import { requireParametersOnce } from "./checks/parameters-once.ts";
import { requireResource } from "./checks/resource-exists.ts";
import { requireUsableResource } from "./checks/resource-usable.ts";
import { requireDefaultScope } from "./checks/scope-default.ts";
import { requireEnabled } from "./checks/service-principal-enabled.ts";
import { requireServicePrincipal } from "./checks/service-principal-present.ts";
import { requireTenant } from "./checks/tenant-known.ts";
import { requireNamedTenant } from "./checks/tenant-named.ts";
import { issueApplicationToken } from "./issue-token.ts";

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
