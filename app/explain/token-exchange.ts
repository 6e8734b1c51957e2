import { networkFault, type Explanation, type Failure, type Row } from "./row.ts";

const credential =
  "issuer {managedIdentityIssuer}, subject {managedIdentityPrincipalId} and audience {exchangeAudience}";
const declared =
  "with this project's stack run `pulumi up --refresh`, `FederatedIdentity` declares the credential";
const propagation =
  "a credential written minutes ago may not be known everywhere yet, and the site asks again by itself";
const audiences =
  "api://AzureADTokenExchange (public), api://AzureADTokenExchangeUSGov, api://AzureADTokenExchangeChina";
const byItself = "the site asks again by itself, and serves what it can with the tokens it holds";
/** Application id of Azure Storage, the same in every tenant. */
const azureStorage = "e406a681-f3d4-42a8-90b6-c2b029497af1";
const requestLoop = 50196;

/** How a resource tenant's token endpoint fails. */
export const exchangeRows: readonly Row[] = [
  // The resource tenant does not know the application, or does not let it in.
  {
    aadsts: [90002, 900023],
    cause:
      "{authorityHost} knows no tenant {tenantId}: the id is wrong, or the tenant is gone or in another cloud",
    fix: 'correct the tenantId of "{tenant}" under `resourceTenants`, or `environment`, in the stack\'s configuration and run `pulumi up`',
  },
  {
    aadsts: [7000229],
    cause:
      "application {applicationClientId} has no service principal in tenant {tenantId}: nobody there has let it in, or somebody deleted it",
    fix: 'when this project\'s stack manages "{tenant}" run `pulumi up --refresh`, `ResourceTenant` declares it; otherwise an admin of the tenant runs `az ad sp create --id {applicationClientId}` and gives the new service principal its role on the container',
  },
  {
    aadsts: [700016],
    cause:
      "tenant {tenantId} does not know application {applicationClientId}: it does not exist (any more), or it is registered for its own tenant only",
    fix: "compare APPLICATION_CLIENT_ID with the application in the home tenant, which must be multitenant (AzureADMultipleOrgs); with this project's stack run `pulumi up --refresh`, `MultitenantApplication` declares it",
  },
  // Seen for the /common endpoint, which this site never asks.
  {
    aadsts: [50194],
    cause: "application {applicationClientId} is not configured as a multitenant application",
    fix: "set its signInAudience to AzureADMultipleOrgs; with this project's stack run `pulumi up --refresh`, `MultitenantApplication` declares it",
  },
  {
    aadsts: [7000112],
    cause:
      "application {applicationClientId} is disabled: its service principal in tenant {tenantId} or the application itself was switched off",
    fix: 'ask an admin of tenant {tenantId} whether that is meant; if not, they set accountEnabled of the service principal to true (Enterprise applications, Properties, "Enabled for users to sign-in")',
  },
  // Documented as out of reach for multitenant applications, and explained in case that changes.
  {
    aadsts: [53003],
    cause:
      "a Conditional Access policy of tenant {tenantId} blocks application {applicationClientId}",
    fix: "an admin of tenant {tenantId} finds the policy in the sign-in log, under service principal sign-ins, and excludes the application or its address",
  },
  {
    aadsts: [501051],
    cause:
      "tenant {tenantId} gives tokens for Azure Storage to assigned applications only, and {applicationClientId} is not one of them",
    fix: "an admin of tenant {tenantId} assigns the application's service principal to the enterprise application Azure Storage, or sets that one's appRoleAssignmentRequired to false",
  },
  {
    aadsts: [500011],
    cause:
      "tenant {tenantId} has no service principal of Azure Storage, usually because none of its subscriptions uses storage, or the tenant is the wrong one",
    fix: `an admin of tenant {tenantId} runs \`az provider register --namespace Microsoft.Storage\` in the subscription, or \`az ad sp create --id ${azureStorage}\``,
  },
  {
    aadsts: [500014],
    cause:
      "the service principal of Azure Storage is disabled in tenant {tenantId}: nobody there gets storage tokens",
    fix: `an admin of tenant {tenantId} enables the enterprise application Azure Storage (${azureStorage}), or renews the subscription it was disabled with`,
  },
  {
    aadsts: [1002012, 70011],
    cause:
      "tenant {tenantId} does not accept the scope the site asked for: the site's package is not the one this project builds",
    fix: "publish the package again with `pulumi up --refresh`, `AppPackage` declares it; changed sources must ask for https://storage.azure.com/.default",
  },

  // The token endpoint compared the identity's token with the application's federated identity
  // credentials and none fitted (learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations).
  {
    aadsts: [70025],
    cause:
      "application {applicationClientId} trusts nobody: it has no federated identity credential",
    fix: `give the application one with ${credential}; ${declared}; ${propagation}`,
  },
  // Also Azure's likeliest answer to a system-assigned identity, whose own code is not public.
  {
    aadsts: [70021],
    cause:
      "no federated identity credential of application {applicationClientId} fits the token of identity {managedIdentityPrincipalId} in issuer, subject and audience at once",
    fix: `set the credential to ${credential}, and use a user-assigned identity only; ${declared}; ${propagation}`,
  },
  {
    aadsts: [700211],
    cause:
      "no federated identity credential of application {applicationClientId} has the issuer of this site's identity; compared character by character",
    fix: `set the credential's issuer to {managedIdentityIssuer}, without a slash at the end; ${declared}; ${propagation}`,
  },
  // That 700214 means the same from the credential's side is unverified.
  {
    aadsts: [700212, 7002121, 700214],
    cause:
      "the audience of the federated identity credential of application {applicationClientId} and the audience this site asks its identity's token for, {exchangeAudience}, are not the same or not this cloud's",
    fix: `set the credential's one audience to {exchangeAudience}, and EXCHANGE_AUDIENCE to that of the cloud: ${audiences}; ${declared}`,
  },
  // 7002137 was seen for subjects that begin with "/eid1"; that its cause is the same is unverified.
  {
    aadsts: [700213, 7002137],
    cause:
      "the federated identity credential's subject is not this site's identity, whose principalId is {managedIdentityPrincipalId} (its client id, {managedIdentityClientId}, is not a subject)",
    fix: `set the credential's subject on application {applicationClientId} to {managedIdentityPrincipalId}; ${declared}; an identity that was deleted and made again has another principalId`,
  },
  {
    aadsts: [7002138],
    cause:
      "the federated identity credential's subject differs from this site's identity, {managedIdentityPrincipalId}, by upper and lower case only",
    fix: `set the credential's subject on application {applicationClientId} to {managedIdentityPrincipalId} exactly; ${declared}`,
  },
  {
    aadsts: [700263],
    cause:
      "application {applicationClientId} has two federated identity credentials for subject {managedIdentityPrincipalId}, with the version 1.0 and the version 2.0 issuer of the home tenant",
    fix: `keep the one with ${credential} and delete the other; ${declared}`,
  },
  {
    aadsts: [7002381],
    cause:
      "the home tenant only accepts GitHub issuers of the enterprises it lists, and a federated identity credential of application {applicationClientId} trusts another one",
    fix: `delete the credential with GitHub's issuer: this site needs only the one with ${credential}; ${declared}`,
  },

  // The token endpoint did not accept the identity's token as a client assertion, whoever is trusted.
  {
    aadsts: [700024],
    cause:
      "the identity's token was not yet or no longer valid when it reached tenant {tenantId}: the machine's clock is wrong or the identity endpoint hands out an old token",
    fix: "compare the times in the message with the machine's clock; when the clock is right, restart the site, which then fetches the token anew",
  },
  {
    aadsts: [7000272, 700027],
    cause:
      "{authorityHost} could not verify the signature of identity {managedIdentityPrincipalId}'s token: the signing key is not among those its issuer publishes",
    fix: "after a change of keys this passes by itself; when it stays, AUTHORITY_HOST and the identity belong to different clouds: correct `environment` in the stack's configuration and run `pulumi up`",
  },
  {
    aadsts: [50027],
    cause:
      "what the identity endpoint gave as the token of identity {managedIdentityClientId} is not a JWT that Entra can read",
    fix: "make sure that IDENTITY_ENDPOINT is the one the platform set (remove it from the app settings) and restart the site",
  },
  {
    aadsts: [7000216, 900144],
    cause:
      "the token request reached {authorityHost} without its client assertion or another required field, so something changed it on the way or the site's package is broken",
    fix: "take away the proxy that rewrites request bodies (HTTPS_PROXY); publish the site's package again with `pulumi up --refresh`, `AppPackage` declares it",
  },
  {
    aadsts: [700222],
    cause:
      "Entra takes no token that it issued itself as a client assertion of application {applicationClientId} in tenant {tenantId}",
    fix: "use a user-assigned managed identity of the application's own tenant and cloud, as `FederatedIdentity` of this project's stack makes it, and make the credential with `pulumi up --refresh`",
  },
  {
    aadsts: [700226, 700229],
    cause:
      "the client assertion is not a managed identity's token but a user's or another application's, so the endpoint that was asked is not that of identity {managedIdentityClientId}",
    fix: "make sure that IDENTITY_ENDPOINT is the one the platform set (remove it from the app settings) and restart the site",
  },
  {
    aadsts: [700227],
    cause:
      "the identity's token is a version 1.0 token or for another audience: {exchangeAudience} is not this cloud's token-exchange audience",
    fix: "set EXCHANGE_AUDIENCE to api://AzureADTokenExchange (public), api://AzureADTokenExchangeUSGov or api://AzureADTokenExchangeChina; with this project's stack correct `environment` and run `pulumi up`",
  },
  {
    aadsts: [700231],
    cause:
      "the token of identity {managedIdentityClientId} was itself obtained with a federated identity credential, and these cannot be chained",
    fix: "run the site where the platform signs the identity in itself (App Service, a virtual machine), not by workload identity federation",
  },
  {
    aadsts: [700236],
    cause:
      "application {applicationClientId} is not registered in the home tenant, the tenant of identity {managedIdentityPrincipalId}: Entra lets an application trust identities of its own tenant only",
    fix: "register the application in the home tenant as a multitenant one and set APPLICATION_CLIENT_ID to its client id; with this project's stack run `pulumi up`, `MultitenantApplication` declares it",
  },
  {
    aadsts: [700238, 900432, 900382],
    cause:
      "the identity and tenant {tenantId}, asked at {authorityHost}, belong to different Azure clouds, between which there is no token exchange",
    fix: "use tenants of one cloud; with this project's stack `environment` names it for all tenants: correct it and run `pulumi up`",
  },

  // The login endpoint could not be reached, or could not answer now.
  {
    // That the numbers come with 429 or 503 is unverified; the code tells them from refusals.
    sign: "AADSTS90033, AADSTS90055, AADSTS90012, AADSTS50033, AADSTS90024, or 429, 5xx or not JSON",
    matches: unavailable,
    cause:
      "{authorityHost} is overloaded, throttles tenant {tenantId} or is down, or a proxy answers in its place",
    fix: `${byItself}; when it stays, look at Azure's status page and for many instances or sites with this application`,
  },
  {
    sign: '"the answer is a token that expired"',
    matches: ({ details }) => details.expiredToken === true,
    cause:
      "{authorityHost} gave a token of tenant {tenantId} that had expired on arrival by this machine's clock",
    fix: "set the machine's clock right; when it is right, something between keeps old answers: take that proxy out of the way",
  },
  {
    aadsts: [requestLoop],
    cause:
      "{authorityHost} took many equal requests of application {applicationClientId} within minutes for a loop",
    fix: `${byItself}; look for a site that restarts again and again, or for other programs that use the application`,
  },
  {
    sign: "ENOTFOUND, EAI_AGAIN",
    matches: (failure) => networkFault(failure) === "name",
    cause:
      "the name in AUTHORITY_HOST, {authorityHost}, has no address: it is wrong, or the site's DNS does not answer",
    fix: "look the name up from the site (its SSH or console, `nslookup`); mend the virtual network's DNS, or correct `environment` and run `pulumi up`",
  },
  {
    sign: "a certificate or TLS error code",
    matches: (failure) => networkFault(failure) === "certificate",
    cause:
      "the site does not trust the certificate that was shown for {authorityHost}: something between them intercepts TLS, or the machine's clock is wrong",
    fix: "let the login endpoint through the TLS inspection, or have the site trust its authority (NODE_EXTRA_CA_CERTS); never switch the check off",
  },
  {
    sign: "another socket error code, e.g. ECONNREFUSED, ECONNRESET",
    matches: (failure) => networkFault(failure) === "connection",
    cause:
      "the connection to {authorityHost} was refused or broke off: a firewall, route or proxy stops it, or the service is down",
    fix: `${byItself}; when it stays, allow outbound https to {authorityHost} in the site's virtual network and firewall`,
  },
  {
    sign: "ERR_UPSTREAM_DEADLINE",
    matches: ({ code }) => code === "ERR_UPSTREAM_DEADLINE",
    cause:
      "{authorityHost} gave no token of tenant {tenantId} in time: it is slow, or a firewall drops the requests in silence",
    fix: `${byItself}; when it stays, allow outbound https to {authorityHost} in the site's virtual network and firewall`,
  },
];

/** What can be said of a failure that no row knows. */
export const unknownExchangeFailure: Explanation = {
  cause:
    'tenant {tenantId} ("{tenant}") gave application {applicationClientId} no token, for a reason this site does not know ({said})',
  fix: "{lookUp}an admin of tenant {tenantId} looks in its sign-in log, under service principal sign-ins, for {ids}",
};

function unavailable({ code, details }: Failure): boolean {
  const { aadsts, network, expiredToken } = details;
  if (network !== undefined || expiredToken) return false;
  return code === "ERR_UPSTREAM_UNAVAILABLE" && aadsts !== requestLoop;
}
